// Builds the three packages: the runtime once per module format with plain tsc, the two tools bundled with the recogniser.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** Goes into the bundle: as a dependency it would bring a `tsc`, and npm may put that in the place of the application's. */
const nativeCompiler = dirname(createRequire(import.meta.url).resolve("typescript-native/package.json"));

async function compile(project) {
  const [status] = await once(
    spawn(process.execPath, [tsc, "-p", join(root, project)], { cwd: root, stdio: "inherit" }),
    "exit",
  );
  if (status !== 0) throw new Error(`${project} does not compile`);
}

async function buildRuntime(project, folder, type) {
  rmSync(join(root, "dist", folder), { recursive: true, force: true });
  await compile(project);
  writeFileSync(join(root, "dist", folder, "package.json"), JSON.stringify({ type, sideEffects: false }) + "\n");
}

/** Bundles a tool: the private recogniser goes in, every published dependency stays an import. */
async function buildTool(folder, entryPoints) {
  const from = join(root, folder);
  if (!existsSync(join(from, "tsconfig.build.json"))) return;
  rmSync(join(from, "dist"), { recursive: true, force: true });
  await build({
    absWorkingDir: from,
    entryPoints: entryPoints.map((entry) => join(from, "src", entry)),
    outbase: join(from, "src"),
    outdir: join(from, "dist"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    alias: {
      "typed-session-sites": join(root, "sites/src/index.ts"),
      "typescript-native/unstable/sync": join(nativeCompiler, "dist/api/sync/api.js"),
    },
    chunkNames: "chunks/[name]-[hash]",
    logLevel: "warning",
  });
  await compile(`${folder}/tsconfig.build.json`);
}

const transforms = readdirSync(join(root, "codemods/src/transforms"))
  .filter((name) => name.endsWith(".ts") && !/\.(?:test|fixture)\.ts$/.test(name))
  .map((name) => `transforms/${name}`);

await Promise.all([
  buildRuntime("tsconfig.esm.json", "esm", "module"),
  buildRuntime("tsconfig.cjs.json", "cjs", "commonjs"),
  buildTool("eslint-rules", ["index.ts"]),
  buildTool("codemods", ["index.ts", "cli.ts", ...transforms]),
]);
for (const name of ["LICENSE", "NOTICE.txt"]) {
  copyFileSync(join(nativeCompiler, name), join(root, "codemods/dist/chunks", `typescript-native-${name}`));
}
