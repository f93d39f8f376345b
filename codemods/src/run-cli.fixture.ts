import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command line as it was built. */
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** How a run of the command line ended. */
interface Ending {
  readonly exitCode: number | string | null | undefined;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command line in a folder, without colours. */
export function runCli(cwd: string, ...args: string[]): Promise<Ending> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1" };
    execFile(process.execPath, [cli, ...args], { cwd, env }, (error, output, errors) => {
      resolve({ exitCode: error ? error.code : 0, output, errors });
    });
  });
}
