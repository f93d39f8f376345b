import { createRequire } from "node:module";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVisitor } from "./http-client.mjs";

const workspace = dirname(dirname(fileURLToPath(import.meta.url)));
const generated = new Set(["node_modules", "dist", "sessions"]);

/** The example that the demo upgrades when nothing else is said. */
export const exampleApp = join(workspace, "examples", "express-v2");

/** The session definition that the demo adds to the application. */
export const sessionSource = join(workspace, "demo", "session.ts");

/** The compiler's command line, as a script for Node. */
export const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/**
 * The scratch folder with everything that the steps work on.
 *
 * @typedef {object} Stage
 * @property {string} folder
 * @property {string} app The copy of the application.
 * @property {string} sessions Where the application keeps its sessions; it outlives every restart.
 * @property {import("./http-client.mjs").Visitor} visitor The person who logs in once, at the start.
 * @property {AbortSignal} signal Aborted when the demo is to end early.
 * @property {number} warnings How many lint warnings the application had when it was last linted.
 */

/**
 * Copies an application into a fresh scratch folder; its packages are the workspace's.
 *
 * @param {string} source the application's folder
 * @param {AbortSignal} signal
 * @returns {Stage}
 */
export function createStage(source, signal) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-demo-"));
  const app = join(folder, "app");
  cpSync(source, app, { recursive: true, filter: (path) => path === source || !generated.has(basename(path)) });
  symlinkSync(join(workspace, "node_modules"), join(folder, "node_modules"), "junction");
  return { folder, app, sessions: join(folder, "sessions"), visitor: createVisitor(signal), signal, warnings: 0 };
}

/** @param {Stage} stage */
export function removeStage(stage) {
  rmSync(stage.folder, { recursive: true, force: true });
}
