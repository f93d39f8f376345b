import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sessionSource } from "../stage.mjs";
import { block, explain, succeed } from "../terminal.mjs";

/** @type {import("./index.mjs").Step} */
export const describeSession = {
  title: "Describe the session once",
  async run({ app }) {
    explain("A schema, its type, and one declaration that gives express-session the type. This is src/session.ts:");
    copyFileSync(sessionSource, join(app, "src", "session.ts"));
    block(readFileSync(sessionSource, "utf8"));
    succeed("src/session.ts is written; no other file has changed");
    return "src/session.ts: one schema, and the type comes from it";
  },
};
