import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { HTTPException } from "hono/http-exception";
import { streamText } from "hono/streaming";
import { expect, test } from "vitest";
import { ServerSideSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import { MemoryStore } from "../stores/index.js";
import { describeAdapter, guardedRoute, ShopSession, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions, type SessionVariables } from "./hono.js";

const backend = () => new ServerSideSessionBackend({ store: new MemoryStore(), secure: false, session: ShopSession });

describeAdapter("Hono on node-server", async (routes, backend, options) => {
  const errors: unknown[] = [];
  const app = new Hono<{ Variables: SessionVariables<ShopSession> }>();
  app.onError((error, context) => {
    errors.push(error);
    return context.json({ error: error.name }, error instanceof HTTPException ? error.status : 500);
  });
  app.use(sessions(backend, options));
  for (const { path, serve: answer } of routes) {
    app.get(path, async (context) => {
      const { status, headers, body } = await answer(context.var);
      for (const [name, value] of headers) context.header(name, value, { append: true });
      return context.body(body, status === 302 ? 302 : 200);
    });
  }
  app.get(guardedRoute.path, requireSession(SignedIn), async (context) =>
    context.text(await guardedRoute.serve(context.var, context.req.param("tab"))),
  );
  return { origin: await serve(getRequestListener(app.fetch)), errors };
});

test("variables: `get`, `set` and `var` mean the same session, others are left alone", async () => {
  const app = new Hono<{ Variables: SessionVariables<ShopSession> & { other: number } }>();
  app.use(sessions(backend()));
  app.get("/", (context) => {
    const before = context.get("session");
    before.cart.push("tea");
    context.set("session", { cart: [...context.var.session.cart, "rum"] });
    context.set("other", 1);
    const { session, other, clearSession } = context.var;
    return context.json([session === context.get("session"), other, context.get("other"), typeof clearSession]);
  });
  app.get("/cart", (context) => context.json(context.var.session.cart));
  const client = openClient(await serve(getRequestListener(app.fetch)));
  expect(await (await client.get("/")).json()).toEqual([true, 1, 1, "function"]);
  expect(await (await client.get("/cart")).json()).toEqual(["tea", "rum"]);
});

test("routers of their own are served, and mounted twice the session is served once", async () => {
  const once = backend();
  const router = new Hono<{ Variables: SessionVariables<ShopSession> }>().use(sessions(once));
  router.get("/add", (context) => context.text(String(context.var.session.cart.push("tea"))));
  const app = new Hono().use(sessions(once)).route("/shop", router);
  const client = openClient(await serve(getRequestListener(app.fetch)));
  expect((await client.get("/shop/add")).headers.getSetCookie()).toHaveLength(1);
  expect(await (await client.get("/shop/add")).text()).toBe("2");
});

test("a response that can't be changed gets the session's cookie, and a streamed one arrives whole", async () => {
  const app = new Hono().use(sessions(backend()));
  app.get("/redirect", (context) => {
    context.var.session.cart.push("tea");
    return Response.redirect("http://shop.example/", 303);
  });
  app.get("/stream", (context) => {
    context.var.session.cart.push("rum");
    return streamText(context, async (stream) => {
      await stream.write("first ");
      await stream.write("last");
    });
  });
  const client = openClient(await serve(getRequestListener(app.fetch)));
  const redirect = await client.get("/redirect");
  expect([redirect.status, redirect.headers.getSetCookie().length]).toEqual([303, 1]);
  expect(await (await client.get("/stream")).text()).toBe("first last");
});

test("without onError, a session that does not fit is answered 401 Unauthorized; the cause says why", async () => {
  const app = new Hono().use(sessions(backend()));
  let seen: unknown;
  app.get("/", requireSession(SignedIn), (context) => context.text("never"));
  app.get("/caught", async (context, next) => {
    await next();
    seen = context.error?.cause;
  });
  app.get("/caught", requireSession(SignedIn), (context) => context.text("never"));
  const client = openClient(await serve(getRequestListener(app.fetch)));
  const response = await client.get("/");
  expect([response.status, await response.text()]).toEqual([401, "Unauthorized"]);
  await client.get("/caught");
  expect(seen).toMatchObject({ name: "SessionRequiredError", message: expect.stringMatching(/userId/) });
});

test("a variable of another session library is an error that says what to do", async () => {
  const app = new Hono<{ Variables: { session: unknown } }>();
  app.use(async (context, next) => {
    context.set("session", {});
    await next();
  });
  app.onError((error, context) => context.text(error.message, 500));
  app.use(sessions(backend()));
  expect(await (await openClient(await serve(getRequestListener(app.fetch))).get("/")).text()).toContain(
    "another session library ran before",
  );
});

test("requireSession without sessions() says what to do", async () => {
  const app = new Hono();
  app.onError((error, context) => context.text(error.message, 500));
  app.get("/", requireSession(SignedIn), (context) => context.text("never"));
  expect(await (await openClient(await serve(getRequestListener(app.fetch))).get("/")).text()).toContain(
    "put the session middleware before",
  );
});

test("the error in place of a response that was compressed, or has a length, can be read", async () => {
  const app = new Hono().use(sessions(backend())).use("/compressed", compress({ threshold: 0 }));
  app.onError((error, context) => context.text(error.name, 500));
  app.use(async (context, next) => {
    Object.assign(context.var.session, { cart: "no cart" });
    await next();
  });
  app.get("/compressed", (context) => context.text("tea"));
  app.get("/long", () => new Response("tea", { headers: { "Content-Length": "3" } }));
  const client = openClient(await serve(getRequestListener(app.fetch)));
  expect(await (await client.get("/compressed")).text()).toBe("SessionInvalidError");
  expect(await (await client.get("/long")).text()).toBe("SessionInvalidError");
});
