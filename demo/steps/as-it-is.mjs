import assert from "node:assert/strict";
import { compileApp, visit, whileRunning } from "../app.mjs";
import { explain } from "../terminal.mjs";

/** @type {import("./index.mjs").Step} */
export const asItIs = {
  title: "The application as it is today",
  async run(stage) {
    explain("Express 5 on express-session, with its sessions in files. A person logs in and fills a cart.");
    await compileApp(stage);
    const { visitor } = stage;
    await whileRunning(stage, async (origin) => {
      const login = { email: "ada@shop.example", password: "analytical-engine" };
      await visit(visitor, origin, { method: "POST", path: "/login", body: login, status: 200 });
      await visit(visitor, origin, {
        method: "POST",
        path: "/cart",
        body: { sku: "tea-green", quantity: 2 },
        status: 201,
      });
      await visit(visitor, origin, { method: "POST", path: "/cart", body: { sku: "pot-clay" }, status: 201 });
      const account = await visit(visitor, origin, { method: "GET", path: "/account", status: 200 });
      assert.equal(account.total, 5780);
    });
    return "logged in, two things in the cart; the server is stopped, its session files stay";
  },
};
