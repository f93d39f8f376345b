import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** How long a server may take until it says that it listens, in milliseconds. */
const startTimeout = 30_000;

/**
 * Runs a Node script to its end.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ cwd: string, signal: AbortSignal }} options
 * @returns {Promise<{ exitCode: number | null, output: string }>} with what it wrote to both streams
 */
export async function runNode(script, args, { cwd, signal }) {
  const child = spawn(process.execPath, [script, ...args], { cwd, signal, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [exitCode] = await once(child, "close");
  return { exitCode, output };
}

/**
 * @typedef {object} Server
 * @property {string} origin Where it listens, as `http://host:port`.
 * @property {() => Promise<void>} stop Ends it and waits until it is gone.
 */

/**
 * Starts a Node script that prints `listening on <address>`, and waits for that line.
 *
 * @param {string} script
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {Promise<Server>}
 * @throws {Error} with the script's own error output, when it ends before it listens
 */
export async function startServer(script, { cwd, env, signal }) {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [script], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let errorOutput = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errorOutput += text));
  const closed = once(child, "close");
  // Whatever ends this process, no server stays behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  const stop = async () => {
    child.kill();
    await closed;
    process.removeListener("exit", kill);
  };

  try {
    const address = firstAddress(child.stdout);
    const ended = closed.then(() => {
      throw new Error(`The server ended before it listened:\n${errorOutput.trim() || "it wrote nothing"}`);
    });
    return { origin: await Promise.race([address, ended, interruption(signal, startTimeout)]), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import("node:stream").Readable} output
 * @returns {Promise<string>} the address of the line `listening on <address>`; pending where no such line comes
 */
function firstAddress(output) {
  return new Promise((resolve) => {
    createInterface({ input: output }).on("line", (line) => {
      const address = /^listening on (\S+)$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}

/**
 * @param {AbortSignal} signal
 * @param {number} timeout in milliseconds
 * @returns {Promise<never>}
 */
async function interruption(signal, timeout) {
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  if (!either.aborted) await once(either, "abort");
  if (signal.aborted) throw signal.reason;
  throw new Error(`The server did not say that it listens within ${timeout / 1000} seconds.`);
}
