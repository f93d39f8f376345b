import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { CodemodError } from "../codemod-error.js";
import type { PublishedVersion } from "./choose-version.js";

/**
 * The versions of a package that npm finds, with the compilers that they are for.
 *
 * @throws CodemodError where npm can't ask the registry.
 */
export function publishedVersions(folder: string, name: string, range: string): PublishedVersion[] {
  const output = runNpm(folder, ["view", `${name}@${range}`, "version", "typeScriptVersion", "--json"], name);
  const parsed: unknown = JSON.parse(output || "[]");
  return [parsed].flat().map((each) => {
    const { version, typeScriptVersion }: Record<string, unknown> = Object(each);
    return {
      version: String(version),
      typeScriptVersion: typeof typeScriptVersion === "string" ? typeScriptVersion : undefined,
    };
  });
}

/**
 * The texts of the files in a package, by their paths in it. It is installed in a scratch folder, which is gone afterwards.
 *
 * @throws CodemodError where npm can't install it.
 */
export function readPackage(folder: string, name: string, version: string): ReadonlyMap<string, string> {
  const scratch = mkdtempSync(join(tmpdir(), "typed-session-types-"));
  try {
    writeFileSync(join(scratch, "package.json"), "{}");
    const settings = findAbove(folder, ".npmrc");
    if (settings !== undefined) copyFileSync(settings, join(scratch, ".npmrc"));
    const quiet = [
      "--no-save",
      "--no-package-lock",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      "--legacy-peer-deps",
    ];
    runNpm(scratch, ["install", "--prefix", scratch, ...quiet, `${name}@${version}`], name);
    return readTexts(join(scratch, "node_modules", name));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readTexts(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")];
    }),
  );
}

function findAbove(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : findAbove(dirname(folder), name);
}

function runNpm(folder: string, args: readonly string[], name: string): string {
  try {
    return execFileSync("npm", [...args, "--fetch-retries=1"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const { stderr, message }: { stderr?: unknown; message?: unknown } = Object(error);
    const [reason = ""] = String(stderr || message)
      .split("\n")
      .filter((line) => /npm (?:error|ERR!) (?!code |syscall |errno |path )/.test(line));
    throw new CodemodError(
      `--bump-types: npm can't get ${name}: ${reason.replace(/^npm \S+ /, "") || String(message)}. ` +
        "Without that flag, nothing has to be fetched: the keys are declared where the installed version reads them.",
    );
  }
}
