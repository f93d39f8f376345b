import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { visit, whileRunning } from "../app.mjs";
import { createVisitor } from "../http-client.mjs";
import { replaceOnce, unifiedDiff } from "../source-edit.mjs";
import { storedSessionPath } from "../stored-session.mjs";
import { diff, explain, succeed } from "../terminal.mjs";

/** @type {import("./index.mjs").Step} */
export const refuseCorrupted = {
  title: "A corrupted session is refused",
  async run(stage) {
    const { visitor } = stage;
    const path = storedSessionPath(stage);

    await whileRunning(stage, async (origin) => {
      const sound = readFileSync(path, "utf8");
      const corrupted = replaceOnce(sound, `"quantity":2`, `"quantity":-2`);
      explain("Somebody changes the stored session by hand:");
      diff(unifiedDiff(`sessions/${basename(path)}`, excerpt(sound), excerpt(corrupted)));
      writeFileSync(path, corrupted);
      const refusal = await visit(visitor, origin, { method: "GET", path: "/cart", status: 500 });
      assert.match(refusal.error, /cart\[0\]\.quantity/, "The refusal does not say which value is wrong.");
      succeed("refused, and the message names the value");
      await visit(createVisitor(stage.signal), origin, { method: "GET", path: "/health", status: 200 });

      explain("The stored session as it was:");
      writeFileSync(path, sound);
      const account = await visit(visitor, origin, { method: "GET", path: "/account", status: 200 });
      assert.equal(account.total, 6430);
      succeed("the same cookie is logged in again");
    });
    return "a stored quantity of -2 is refused by name, other visitors are served; restored, the user is back";
  },
};

/**
 * The part of a stored session that is changed, one key a line.
 *
 * @param {string} stored
 */
function excerpt(stored) {
  const { cart, user } = JSON.parse(stored);
  return `${JSON.stringify({ user, cart }, null, 1)}\n`;
}
