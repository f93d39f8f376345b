import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { readProgram } from "./compile.js";
import { nativeCompiler } from "./compilers.js";
import { modes, readIn, type Mode } from "./modes.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Compiles a program of this folder in a mode with TypeScript 7, which has no stable API: copies of its files, for the
 * mode is in their text, below the root, for the package is imported by its own name.
 *
 * @returns its errors, as `file(line,column): message`.
 */
export async function compileNatively(tsconfig: string, mode: Mode, without: readonly string[]): Promise<string[]> {
  const folder = join(root, ".vitest/type-tests", mode, dirname(tsconfig));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of readProgram(ts, tsconfig, { without }).rootNames) {
    writeFileSync(join(folder, basename(file)), readIn(mode, readFileSync(file, "utf8")));
  }
  const settings = {
    extends: join(root, "type-tests", tsconfig),
    compilerOptions: { ...modes[mode], skipLibCheck: false },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const output = await run([nativeCompiler, "-p", folder, "--pretty", "false"]);
  return toErrors(output);
}

/** Errors begin with a file, or with `error`; lines that are indented go on with the one before. */
function toErrors(output: string): string[] {
  const errors = output.split(/\n(?=\S)/).filter((error) => error.trim() !== "");
  return errors.map((error) => error.trim().replace(/^(?!error )[^(]+/, (file) => resolve(root, file)));
}

/** @returns what the compiler printed: it ends with an error code where it found errors. */
async function run(parameters: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, parameters, { cwd: root, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error !== null && stdout === "") reject(new Error(stderr || error.message));
      else resolve(stdout);
    });
  });
}
