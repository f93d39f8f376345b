import { findHosts, type Host } from "../doctor/find-hosts.js";

/** What is to be installed before an upgrade can do more, in words: session libraries, or their types. */
export function missingPackages(folder: string): string[] {
  return findHosts(folder).flatMap((host) => describeMissing(host) ?? []);
}

function describeMissing({ name, version, types }: Host): string | undefined {
  if (version === undefined)
    return `${name} is in package.json, and not installed: install first, so that its types are seen.`;
  if (types === undefined || types.version !== undefined) return undefined;
  return `The types of ${name} are not installed: npm install --save-dev ${types.name}`;
}
