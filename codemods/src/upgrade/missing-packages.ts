import { findHosts, type Host } from "../registration/find-hosts.js";
import { findPackageManager, type PackageManager } from "../types-package/package-manager.js";

/** What is to be installed before an upgrade can do more, in words: session libraries, or their types. */
export function missingPackages(folder: string): string[] {
  const { add } = findPackageManager(folder);
  return findHosts(folder).flatMap((host) => describeMissing(host, add) ?? []);
}

function describeMissing({ name, version, types }: Host, add: PackageManager["add"]): string | undefined {
  if (version === undefined)
    return `${name} is in package.json, and not installed: install first, so that its types are seen.`;
  if (types === undefined || types.version !== undefined) return undefined;
  return `The types of ${name} are not installed: ${add(types.name)}`;
}
