// What no figure is worth anything without: the machine, and the versions of what was measured.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);

export function machine() {
  const processors = cpus();
  return {
    processor: `${processors.length} x ${processors[0]?.model ?? "unknown processor"}`,
    system: `${process.platform} ${process.arch}`,
  };
}

/** The version of each package, as it is installed, and Node's. */
export function versionsOf(packages) {
  const names = [...new Set(packages)].sort();
  const versions = names.map((name) => [name, versionOf(name)]);
  return { node: process.version.slice(1), ...Object.fromEntries(versions) };
}

/** By looking for the file: many packages do not export their package.json. */
function versionOf(name) {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")).version;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  throw new Error(`${name} is not installed: npm install`);
}
