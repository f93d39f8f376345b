// Checks every program of the workspace: sources with their tests, and each test program that has types of its own.
// With TypeScript 7, which takes a quarter of the time; `node scripts/typecheck.mjs 6.0` with the compiler that builds.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = process.argv[2] === "6.0" ? "package.json" : "type-tests/compilers/7.0/package.json";
const tsc = join(dirname(createRequire(join(root, from)).resolve("typescript/package.json")), "bin/tsc");

const programs = [
  "tsconfig.json",
  // What is built, without its tests: it is to be clean for isolatedDeclarations.
  "tsconfig.esm.json",
  "codemods/tsconfig.build.json",
  "eslint-rules/tsconfig.build.json",
  // Programs with the types of a host can't share one with the project's own engine: both say what req.session is.
  "tsconfig.hosts.json",
  // Nor can these hosts share one with those.
  "tsconfig.cookie-hosts.json",
  "type-tests/tsconfig.json",
  "packaging/tsconfig.json",
  "demo/tsconfig.json",
  "examples/tsconfig.json",
];

for (const program of programs) {
  if (!existsSync(join(root, program))) throw new Error(`${program} is missing`);
  execFileSync(process.execPath, [tsc, "--noEmit", "-p", join(root, program)], { cwd: root, stdio: "inherit" });
}
