import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/**
 * Starts an example as its `npm start` does, on a free port, until the test ends.
 *
 * @returns where it listens, as `http://host:port`.
 */
export async function startExample(name: string): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/server.ts"], {
    cwd: fileURLToPath(new URL(name, import.meta.url)),
    env: { ...process.env, PORT: "0", NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill();
  });
  let errorOutput = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errorOutput += text));
  const ended = once(child, "close").then(() => {
    throw new Error(`${name} ended before it listened:\n${errorOutput}`);
  });
  ended.catch(() => {}); // it ends some time, when nobody waits for it any more
  return Promise.race([firstAddress(child.stdout), ended]);
}

async function firstAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /^listening on (\S+)$/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("it never said where it listens");
}
