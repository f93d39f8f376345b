import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { runCommandLine } from "./command/run.js";

/** How a run of the command line ended. */
interface Ending {
  readonly exitCode: number | string | null | undefined;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command line in a folder, in this process: a compiler takes longer to load than to work. One at a time. */
export async function runCli(cwd: string, ...args: string[]): Promise<Ending> {
  const output: string[] = [];
  const errors: string[] = [];
  const keep = (texts: string[]) => (text: string | Uint8Array) => texts.push(String(text)) > 0;
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(keep(output)),
    vi.spyOn(process.stderr, "write").mockImplementation(keep(errors)),
    vi.spyOn(console, "log").mockImplementation((text) => void output.push(`${text}\n`)),
    vi.spyOn(console, "error").mockImplementation((text) => void errors.push(`${text}\n`)),
  ];
  const before = { cwd: process.cwd(), exitCode: process.exitCode };
  process.chdir(cwd);
  process.exitCode = 0;
  try {
    await runCommandLine(args, "0.0.0");
    return { exitCode: process.exitCode, output: output.join(""), errors: errors.join("") };
  } finally {
    process.exitCode = before.exitCode;
    process.chdir(before.cwd);
    for (const spy of spies) spy.mockRestore();
  }
}

/** The command line as it was built. */
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** Runs the command line in a folder, as users do. */
export function runBuiltCli(cwd: string, ...args: string[]): Promise<Ending> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd }, (error, output, errors) => {
      resolve({ exitCode: error ? error.code : 0, output, errors });
    });
  });
}
