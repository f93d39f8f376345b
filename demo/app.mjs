import assert from "node:assert/strict";
import { join } from "node:path";
import { send } from "./http-client.mjs";
import { runNode, startServer } from "./node-process.mjs";
import { tsc } from "./stage.mjs";
import { block, command, exchange, succeed } from "./terminal.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */
/** @typedef {import("./http-client.mjs").Visitor} Visitor */

/**
 * Compiles the application as its own `npm run build` does.
 *
 * @param {Stage} stage
 */
export async function compileApp({ app, signal }) {
  command("tsc");
  const { exitCode, output } = await runNode(tsc, ["-p", app, "--pretty", "false"], { cwd: app, signal });
  if (output) block(output);
  assert.equal(exitCode, 0, "The application does not compile: see the compiler's output above.");
  succeed("compiles without an error");
}

/**
 * Starts the compiled application on the stage's sessions, and ends it when the work is done.
 *
 * @param {Stage} stage
 * @param {(origin: string) => Promise<void>} work
 */
export async function whileRunning({ app, sessions, signal }, work) {
  command("node dist/server.js");
  const env = { ...process.env, NODE_ENV: "development", HOST: "127.0.0.1", PORT: "0", SESSION_FOLDER: sessions };
  const server = await startServer(join(app, "dist", "server.js"), { cwd: app, env, signal });
  succeed(`listens on ${server.origin}`);
  try {
    await work(server.origin);
  } finally {
    await server.stop();
  }
}

/**
 * Sends a request, shows it with its answer, and demands the expected status.
 *
 * @param {Visitor} visitor
 * @param {string} origin
 * @param {{ method: string, path: string, body?: Record<string, unknown>, status: number }} request
 * @returns {Promise<any>} the answer's JSON
 */
export async function visit(visitor, origin, { method, path, body, status }) {
  const answer = await send(visitor, method, new URL(path, origin), body);
  exchange(`${method} ${path}${body ? ` ${describe(body)}` : ""}`, answer.status, answer.text);
  assert.equal(answer.status, status, `${method} ${path} was answered with ${answer.status}, not ${status}.`);
  return answer.body;
}

/** @param {Record<string, unknown>} body */
function describe(body) {
  return JSON.stringify(body, (key, value) => (key === "password" ? "…" : value));
}
