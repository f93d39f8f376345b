import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nativeCompiler } from "../type-tests/compilers.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const isLong = process.env["npm_lifecycle_event"] === "test:long";
const scratch = mkdtempSync(join(tmpdir(), "typed-session-packages-"));
const packages = {
  "typed-session": ".",
  "eslint-plugin-typed-session": "eslint-rules",
  "typed-session-codemod": "codemods",
};

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function pack(folder: string): string {
  const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch], {
    cwd: join(root, folder),
    encoding: "utf8",
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename }] = JSON.parse(output) as [{ filename: string }];
  return join(scratch, filename);
}

const tarballs = new Map<string, string>();

beforeAll(() => {
  for (const [name, folder] of Object.entries(packages)) tarballs.set(name, pack(folder));
});

function tarballOf(name: string): Buffer {
  return readFileSync(tarballs.get(name) ?? "");
}

describe.each(Object.keys(packages))("%s as packed", (name) => {
  test("publint finds nothing", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarballOf(name)).buffer } });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("arethetypeswrong finds nothing", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarballOf(name))));
    const problems = analysis.types === false ? ["it has no types"] : analysis.problems;
    // The two tools ship ESM only, for Node 20.19 and later, where require() takes ESM.
    const isEsmOnly = name !== "typed-session";
    const expected = (problem: (typeof problems)[number]) =>
      isEsmOnly &&
      typeof problem === "object" &&
      (problem.kind === "CJSResolvesToESM" || ("resolutionKind" in problem && problem.resolutionKind === "node10"));
    expect(problems.filter((problem) => !expected(problem))).toEqual([]);
  });

  test("holds no test, no fixture, no source of ours that nobody asked for", () => {
    const folder = unpack(name, join(scratch, "listing", name));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /\.test\.|fixture|\.tsbuildinfo|conformance/.test(file))).toEqual([]);
    expect(files).toContain("package.json");
    expect(files).toContain("README.md");
    expect(files).toContain("LICENSE");
  });
});

function unpack(name: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", tarballs.get(name) ?? "", "-C", folder, "--strip-components=1"]);
  return folder;
}

/** What the program in `consumer/application.ts` is written with, beside the three packages. */
const librariesOfConsumers = [
  ...["@nestjs/common", "express", "fastify", "hono", "koa", "reflect-metadata", "rxjs", "typescript", "zod"],
  ...["@types/express", "@types/koa", "@types/node"],
];

/** A folder with the three tarballs, and the libraries in the versions that this workspace has, installed by npm. */
const project = join(scratch, "project");

function installProject(): void {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", private: true }));
  const libraries = librariesOfConsumers.map((name) => `${name}@${manifestOf(name).version}`);
  // Linters and their parser are for the users of the plugin to have.
  const tools = ["eslint", "@typescript-eslint/parser"].map((name) => `${name}@${manifestOf(name).version}`);
  execFileSync("npm", ["install", ...npmFlags, ...tarballs.values(), ...libraries, ...tools], {
    cwd: project,
    stdio: "pipe",
    shell: process.platform === "win32",
  });
}

const npmFlags = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];

function manifestOf(name: string): { readonly version: string } {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
}

/** The version of Node.js that runs this, and the newer ones that are kept alive, from npm. */
const nodes = { [process.versions.node.split(".")[0] ?? ""]: process.execPath, 22: "node@22", 24: "node@24" };

const executables = new Map([[process.execPath, process.execPath]]);

/** Where a version of Node.js is. */
function executableOf(nodeOrPackage: string): string {
  const known = executables.get(nodeOrPackage);
  if (known !== undefined) return known;
  const find = ["-y", "-p", nodeOrPackage, "node", "-p", "process.execPath"];
  const found = execFileSync("npx", find, { cwd: scratch, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  executables.set(nodeOrPackage, found.trim());
  return found.trim();
}

/** What a second program of the same declarations is compiled with: by `npm test`, in a quarter of the time. */
const fastest = isLong ? "6.0" : "7.0";

/** A compiler's command line. */
function tscOf(compiler: "6.0" | "7.0"): string {
  return compiler === "7.0" ? nativeCompiler : join(root, "node_modules/typescript/bin/tsc");
}

const consumers = [
  [
    "a CommonJS application on node10 resolution",
    "6.0",
    "commonjs",
    { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
  ],
  [
    "a CommonJS application on node16 resolution",
    fastest,
    "commonjs",
    { module: "node16", moduleResolution: "node16" },
  ],
  ["an ESM application on nodenext resolution", "6.0", "module", { module: "nodenext", moduleResolution: "nodenext" }],
  ["an ESM application for a bundler", fastest, "module", { module: "esnext", moduleResolution: "bundler" }],
] as const;

/** Without a network there is nothing to install from. In CI, that is a failure. */
const isOffline =
  process.env["CI"] === undefined && spawnSync("npm", ["ping"], { shell: process.platform === "win32" }).status !== 0;

describe.skipIf(isOffline)("installed by npm from the tarballs", () => {
  beforeAll(installProject);

  describe.each(consumers)("%s, under %s", (name, compiler, type, compilerOptions) => {
    const folder = join(project, name.replaceAll(" ", "-"));

    test("compiles with skipLibCheck off", () => {
      mkdirSync(folder, { recursive: true });
      cpSync(join(root, "packaging/consumer/application.ts"), join(folder, "application.ts"));
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type }));
      const common = {
        target: "es2022",
        strict: true,
        esModuleInterop: true,
        types: ["node"],
        outDir: "out",
        rootDir: ".",
      };
      const tsconfig = { compilerOptions: { ...compilerOptions, ...common }, files: ["application.ts"] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
      const run = () => execFileSync(process.execPath, [tscOf(compiler), "-p", "."], { cwd: folder, encoding: "utf8" });
      expect(compile(run)).toBe("");
    });

    test.each(Object.entries(nodes))("runs on Node.js %s", (version, node) => {
      const options = { cwd: folder, encoding: "utf8" } as const;
      const executable = executableOf(node);
      expect(execFileSync(executable, ["--version"], options)).toMatch(new RegExp(`^v${version}\\.`));
      expect(execFileSync(executable, ["out/application.js"], options)).toBe("ok\n");
    });
  });

  test("npx runs the codemod", () => {
    const bin = join(project, "node_modules/.bin/typed-session-codemod");
    const help = execFileSync(bin, ["--help"], { cwd: project, encoding: "utf8", shell: process.platform === "win32" });
    expect(help).toContain("upgrade");
  });

  test("ESLint runs the plugin", () => {
    writeFileSync(join(project, "cart.ts"), "export const cart = (req: any) => (req.session as any).cart;\n");
    writeFileSync(
      join(project, "eslint.config.mjs"),
      `import parser from "@typescript-eslint/parser";
import typedSession from "eslint-plugin-typed-session";
export default [{ files: ["*.ts"], languageOptions: { parser } }, typedSession.configs.recommended];
`,
    );
    const eslint = join(project, "node_modules/eslint/bin/eslint.js");
    const output = execFileSync(process.execPath, [eslint, "cart.ts"], { cwd: project, encoding: "utf8" });
    expect(output).toContain("typed-session/no-session-cast");
  });
});

describe("typed-session is small", () => {
  /** What applications with one backend and one adapter bundle; the limit is for each. */
  const cores = {
    "a store, on Express": `export { MemoryStore, ServerSideSessionBackend, defineSession } from "typed-session";
export * from "typed-session/express";`,
    "an encrypted cookie, on Express": `export { ClientSideSessionBackend, defineSession } from "typed-session";
export * from "typed-session/express";`,
  };

  async function bundledSize(contents: string, external: string[]): Promise<number> {
    const folder = join(scratch, "bundle");
    linkDependencies(folder);
    if (!existsSync(join(folder, "node_modules/typed-session"))) {
      unpack("typed-session", join(folder, "node_modules", "typed-session"));
    }
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      external,
      minify: true,
      format: "esm",
      platform: "node",
      target: "node20",
      write: false,
    });
    return gzipSync(outputFiles[0]?.contents ?? "").length;
  }

  test.each(Object.entries(cores))("with %s: at most 12 kB, minified and compressed", async (_name, contents) => {
    expect(await bundledSize(contents, ["cookie"])).toBeLessThanOrEqual(12_000);
  });

  test.each(Object.entries(cores))("with %s: at most 13.6 kB, dependencies included", async (_name, contents) => {
    expect(await bundledSize(contents, [])).toBeLessThanOrEqual(13_600);
  });

  test("it has two dependencies, and no module with side effects", () => {
    const manifest: { dependencies: object; sideEffects: unknown } = JSON.parse(
      readFileSync(join(unpack("typed-session", join(scratch, "manifest")), "package.json"), "utf8"),
    );
    expect(Object.keys(manifest.dependencies)).toEqual(["@standard-schema/spec", "cookie"]);
    expect(manifest.sideEffects).toBe(false);
  });
});

test.each(Object.keys(packages).filter((name) => name !== "typed-session"))(
  "%s has types that need nothing of ours that is not published",
  (name) => {
    const folder = join(scratch, `user-of-${name}`);
    linkDependencies(folder);
    unpack(name, join(folder, "node_modules", name));
    cpSync(join(root, "packaging/consumer", `${name}.ts`), join(folder, "use.ts"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
    const options = { module: "nodenext", target: "es2023", strict: true, types: ["node"], noEmit: true };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["use.ts"] }));
    expect(
      compile(() => execFileSync(process.execPath, [tscOf(fastest), "-p", "."], { cwd: folder, encoding: "utf8" })),
    ).toBe("");
  },
);

/** Every package of the workspace's own `node_modules`, but for ours. */
function linkDependencies(folder: string): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const dependency of readdirSync(join(root, "node_modules"))) {
    if (dependency.includes("typed-session") || dependency.startsWith(".")) continue;
    if (existsSync(join(folder, "node_modules", dependency))) continue;
    symlinkSync(join(root, "node_modules", dependency), join(folder, "node_modules", dependency), "junction");
  }
}

/** An error of another package, with ours or without it: `@types/koa` finds the types of Express's content-disposition. */
const theirs = /@types\/koa\/index\.d\.ts\(.*content-disposition/;

/** What the compiler found wrong. */
function compile(run: () => string): string {
  try {
    return run();
  } catch (error) {
    const output = error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
    const lines = output.split("\n").filter((line) => !theirs.test(line));
    return lines.join("\n");
  }
}
