import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { startExample } from "./server-process.js";
import { createVisitor } from "./visitor.js";

/** Not applications on typed-session's engine: the demo's, and what the others share. */
const others = ["express-v2", "shop"];

const examples = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !others.includes(entry.name))
  .map(({ name }) => name);

test("there is an example for each framework", () => {
  expect(examples).toEqual(["express", "fastify", "fetch", "hono", "koa", "nest", "node"]);
});

test.each(examples)("%s: a visit to the shop, the same for every framework", async (example) => {
  const origin = await startExample(example);
  const visitor = createVisitor(origin);

  // Looking around sets no cookie, and the guarded pages are closed.
  expect(await visitor.get("/health")).toEqual({ status: 200, body: "ok", setCookies: [] });
  expect(await visitor.get("/cart")).toEqual({ status: 200, body: { user: null, cart: [] }, setCookies: [] });
  expect((await visitor.get("/account")).status).toBe(401);
  expect((await visitor.get("/account/orders/7")).status).toBe(401);

  // An anonymous cart.
  const added = await visitor.post("/cart", { sku: "tea", quantity: 2 });
  expect(added).toMatchObject({ status: 200, body: { user: null, cart: [{ sku: "tea", quantity: 2 }] } });
  expect(added.setCookies).toHaveLength(1);
  expect((await visitor.post("/cart", { sku: "tea", quantity: -1 })).status).toBe(400);
  expect((await visitor.post("/cart", { sku: "tea", quantity: 1 })).body).toMatchObject({
    cart: [{ sku: "tea", quantity: 3 }],
  });

  // A login takes the cart along, to a new id; the old one is nobody's any more.
  expect((await visitor.post("/login", {})).status).toBe(400);
  const anonymous = [...visitor.cookies];
  expect((await visitor.post("/login", { name: "ada" })).body).toEqual({
    user: "ada",
    cart: [{ sku: "tea", quantity: 3 }],
  });
  expect([...visitor.cookies]).not.toEqual(anonymous);
  expect((await createVisitor(origin, anonymous).get("/cart")).body).toEqual({ user: null, cart: [] });

  // The guarded pages: a date is a date there, the route's parameter arrives.
  const account = await visitor.get("/account");
  expect(account).toMatchObject({ status: 200, body: { user: "ada", year: expect.any(Number), items: 1 } });
  expect((await visitor.get("/account/orders/7")).body).toEqual({ order: "7", user: "ada" });

  // Another visitor sees nothing of it.
  expect((await createVisitor(origin).get("/cart")).body).toEqual({ user: null, cart: [] });

  // A logout ends the session on the server: the cookie that was kept opens nothing.
  const kept = [...visitor.cookies];
  expect((await visitor.post("/logout")).status).toBe(204);
  expect(visitor.cookies.size).toBe(0);
  expect((await visitor.get("/account")).status).toBe(401);
  expect((await createVisitor(origin, kept).get("/account")).status).toBe(401);
});
