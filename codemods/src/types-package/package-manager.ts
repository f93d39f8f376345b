import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** How an application installs its packages. */
export interface PackageManager {
  readonly name: "npm" | "yarn" | "pnpm" | "bun";
  /** Installs what package.json asks for. */
  readonly install: string;
  /** Installs a package that is needed for development alone. */
  readonly add: (specification: string) => string;
}

interface KnownManager extends PackageManager {
  readonly locks: readonly string[];
}

const npm: KnownManager = {
  name: "npm",
  locks: ["package-lock.json", "npm-shrinkwrap.json"],
  install: "npm install",
  add: (each) => `npm install --save-dev ${each}`,
};

const managers: readonly KnownManager[] = [
  { name: "pnpm", locks: ["pnpm-lock.yaml"], install: "pnpm install", add: (each) => `pnpm add --save-dev ${each}` },
  { name: "yarn", locks: ["yarn.lock"], install: "yarn install", add: (each) => `yarn add --dev ${each}` },
  { name: "bun", locks: ["bun.lock", "bun.lockb"], install: "bun install", add: (each) => `bun add --dev ${each}` },
  npm,
];

/** Tells by the lock file nearest above a folder; npm where there is none. */
export function findPackageManager(folder: string): PackageManager {
  const found = managers.find(({ locks }) => locks.some((lock) => existsSync(join(folder, lock))));
  if (found !== undefined) return found;
  return dirname(folder) === folder ? npm : findPackageManager(dirname(folder));
}
