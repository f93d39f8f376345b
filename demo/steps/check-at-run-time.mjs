import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileApp, visit, whileRunning } from "../app.mjs";
import { createVisitor } from "../http-client.mjs";
import { replaceOnce, unifiedDiff } from "../source-edit.mjs";
import { storedSessionPath } from "../stored-session.mjs";
import { diff, explain, succeed } from "../terminal.mjs";

/** @type {import("./index.mjs").Step} */
export const checkAtRunTime = {
  title: "One line that checks at run time",
  async run(stage) {
    explain("A type is a claim about what is stored. This line makes it true, for every session that is loaded:");
    const path = join(stage.app, "src", "app.ts");
    const before = readFileSync(path, "utf8");
    const after = addCheck(before);
    writeFileSync(path, after);
    diff(unifiedDiff("src/app.ts", before, after));
    await compileApp(stage);

    explain("Started again on the same session files; the person still has the cookie from before.");
    await whileRunning(stage, async (origin) => {
      const account = await visit(stage.visitor, origin, { method: "GET", path: "/account", status: 200 });
      assert.equal(account.name, "Ada", "The old cookie is not logged in any more.");
      const cart = await visit(stage.visitor, origin, { method: "GET", path: "/cart", status: 200 });
      assert.deepEqual(cart.items, [
        { sku: "tea-green", quantity: 2 },
        { sku: "pot-clay", quantity: 1 },
      ]);
      succeed("the old cookie is still logged in, and the cart is as it was");

      const added = { sku: "tea-black", quantity: 1 };
      await visit(stage.visitor, origin, { method: "POST", path: "/cart", body: added, status: 201 });
      const stored = JSON.parse(readFileSync(storedSessionPath(stage), "utf8"));
      assert.equal(stored.since, account.since, "The stored format has changed: the old version could not read it.");
      assert.deepEqual(stored.cart, [...cart.items, added]);
      succeed("it stores the same format as before, so the old version can still read it");

      const guest = createVisitor(stage.signal);
      await visit(guest, origin, { method: "GET", path: "/cart", status: 200 });
      assert.equal(guest.cookies.size, 0, "A visitor who only looks was given a session.");
      succeed("a visitor who only looks still gets no cookie");
    });
    return "the old cookie is still logged in, and the cart is as it was";
  },
};

/**
 * The edit that a person makes in src/app.ts.
 *
 * @param {string} source
 */
function addCheck(source) {
  const imported = replaceOnce(
    source,
    `import fileStore from "session-file-store";\n`,
    `import fileStore from "session-file-store";\nimport { typed } from "typed-session/express-session";\n`,
  );
  const defined = replaceOnce(
    imported,
    `import { cart } from "./routes/cart";\n`,
    `import { cart } from "./routes/cart";\nimport { appSession } from "./session";\n`,
  );
  return replaceOnce(
    defined,
    `logFn: () => {} }),\n    }),\n  );`,
    `logFn: () => {} }),\n    }),\n    typed(appSession),\n  );`,
  );
}
