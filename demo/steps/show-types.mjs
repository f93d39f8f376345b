import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "../node-process.mjs";
import { tsc } from "../stage.mjs";
import { block, command, explain, succeed, table } from "../terminal.mjs";
import { typesInFile } from "../type-queries.mjs";

const probe = `import type { Request } from "express";

export function probe(req: Request) {
  const cart = req.session.cart;
  const since = req.session.since;
  return [cart, since, req.session.carts];
}
`;

/** @type {import("./index.mjs").Step} */
export const showTypes = {
  title: "The session is typed",
  async run({ app, signal }) {
    explain("A new file, src/probe.ts, with a mistake in the last key:");
    block(probe);
    const path = join(app, "src", "probe.ts");
    writeFileSync(path, probe);
    try {
      command("tsc --noEmit");
      const { output } = await runNode(tsc, ["-p", app, "--noEmit", "--pretty", "false"], { cwd: app, signal });
      block(output);
      assert.match(
        output,
        /^src[\\/]probe\.ts.*TS2551.*'carts'.*Did you mean 'cart'\?/m,
        "The wrong key was not found.",
      );
      assert.equal(output.match(/error TS/g)?.length, 1, "The compiler reports more than the wrong key.");

      const types = typesInFile(app, path, ["cart", "since"]);
      table([...types].map(([name, type]) => [`req.session.${name}`, type]));
      assert.equal(types.get("cart"), "{ sku: string; quantity: number; }[] | undefined");
      assert.equal(types.get("since"), "Date | undefined");
    } finally {
      rmSync(path, { force: true });
    }
    succeed("the wrong key is a compiler error, and the keys have the schema's types");
    return "req.session.carts is a compiler error, req.session.cart has the schema's type";
  },
};
