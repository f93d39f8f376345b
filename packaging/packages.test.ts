import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
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

const consumers = [
  [
    "a CommonJS application on node10 resolution",
    "commonjs",
    { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
  ],
  ["a CommonJS application on node16 resolution", "commonjs", { module: "node16", moduleResolution: "node16" }],
  ["an ESM application on nodenext resolution", "module", { module: "nodenext", moduleResolution: "nodenext" }],
  ["an ESM application for a bundler", "module", { module: "esnext", moduleResolution: "bundler" }],
] as const;

describe.each(consumers)("%s", (name, type, compilerOptions) => {
  test("installs, compiles with skipLibCheck off, and runs", () => {
    const folder = join(scratch, name.replaceAll(" ", "-"));
    linkDependencies(folder);
    unpack("typed-session", join(folder, "node_modules", "typed-session"));
    cpSync(join(root, "packaging/consumer/application.ts"), join(folder, "application.ts"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type }));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          target: "es2022",
          strict: true,
          esModuleInterop: true,
          types: ["node"],
          outDir: "out",
          rootDir: ".",
        },
        files: ["application.ts"],
      }),
    );
    const node = (...parameters: string[]) =>
      execFileSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
    expect(compile(() => node(join(root, "node_modules/typescript/bin/tsc"), "-p", "."))).toBe("");
    expect(node("out/application.js")).toBe("ok\n");
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
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(compile(() => execFileSync(process.execPath, [tsc, "-p", "."], { cwd: folder, encoding: "utf8" }))).toBe("");
  },
);

/** Every package of the workspace's own `node_modules`, but for ours. */
function linkDependencies(folder: string): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const dependency of readdirSync(join(root, "node_modules"))) {
    if (dependency.includes("typed-session") || dependency.startsWith(".")) continue;
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
