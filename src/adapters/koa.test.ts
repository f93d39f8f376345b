import Router from "@koa/router";
import Koa from "koa";
import koaSession from "koa-session";
import { expect, test } from "vitest";
import { ServerSideSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import type { SessionConnection } from "../request.js";
import { farStore, savedBehind } from "../stores/far-store.fixture.js";
import { closedGate, settled } from "../stores/gate.fixture.js";
import { MemoryStore } from "../stores/index.js";
import { describeAdapter, guardedRoute, ShopSession, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions } from "./koa.js";

/** An application whose errors are kept instead of written to the console. */
function quietKoa(): { app: Koa; errors: unknown[] } {
  const errors: unknown[] = [];
  const app = new Koa();
  app.on("error", (error) => errors.push(error));
  return { app, errors };
}

const backend = () => new ServerSideSessionBackend({ store: new MemoryStore(), secure: false, session: ShopSession });

describeAdapter("Koa", async (routes, backend, options) => {
  const { app, errors } = quietKoa();
  const router = new Router<Koa.DefaultState, Koa.DefaultContext & SessionConnection<ShopSession>>();
  for (const { path, serve: answer } of routes) {
    router.get(path, async (context) => {
      const { status, headers, body } = await answer(context);
      context.status = status;
      for (const [name, value] of headers) context.append(name, value);
      context.body = body;
    });
  }
  router.get(
    guardedRoute.path,
    requireSession(SignedIn, async (context) => {
      context.body = await guardedRoute.serve(context, context.params["tab"] ?? "");
    }),
  );
  app.use(sessions(backend, options)).use(router.routes());
  return { origin: await serve(app.callback()), errors };
});

test("a middleware before sessions() can catch what saving throws", async () => {
  const { app, errors } = quietKoa();
  app.use(async (context, next) => {
    try {
      await next();
    } catch (error) {
      context.status = 418;
      context.body = error instanceof Error ? error.name : "no error";
    }
  });
  app.use(sessions(backend())).use((context) => {
    Object.assign(context.session, { cart: "no cart" });
    context.body = "never sent";
  });
  const response = await openClient(await serve(app.callback())).get("/");
  expect([response.status, await response.text(), errors]).toEqual([418, "SessionInvalidError", []]);
});

test("what goes around Koa's own answer has the session's cookie too", async () => {
  const { app } = quietKoa();
  app.use(sessions(backend())).use((context) => {
    context.session.cart.push("tea");
    context.respond = false;
    context.res.end(context.session.cart.join());
  });
  const client = openClient(await serve(app.callback()));
  await client.get("/");
  expect(await (await client.get("/")).text()).toBe("tea,tea");
});

test("`ctx.session` can be assigned, also in middleware behind the answer", async () => {
  const { app } = quietKoa();
  app.use(sessions(backend())).use(async (context, next) => {
    await next();
    context.session = { userId: "ada", cart: [...context.session.cart, "late"] };
  });
  app.use((context) => {
    context.body = context["session"].cart.join();
  });
  const client = openClient(await serve(app.callback()));
  await client.get("/");
  expect(await (await client.get("/")).text()).toBe("late");
});

test("mounted twice, the session is served once", async () => {
  const { app } = quietKoa();
  const once = backend();
  app.use(sessions(once)).use(sessions(once));
  app.use((context) => {
    context["session"].cart.push("tea");
    context.body = "";
  });
  expect((await openClient(await serve(app.callback())).get("/")).headers.getSetCookie()).toHaveLength(1);
});

test("what another middleware puts there for other routes stays", async () => {
  const { app } = quietKoa();
  app.use(
    sessions(new ServerSideSessionBackend({ store: new MemoryStore(), session: ShopSession, exclude: "^/theirs" })),
  );
  app.use((context, next) => {
    if (context.path === "/theirs") Object.assign(context, { session: { cart: ["theirs"] } });
    return next();
  });
  app.use((context) => {
    if (context.path === "/ours") context["session"].cart.push("ours");
    context.body = context["session"].cart.join();
  });
  const client = openClient(await serve(app.callback()));
  expect(await (await client.get("/ours")).text()).toBe("ours");
  expect(await (await client.get("/theirs")).text()).toBe("theirs");
  expect(await (await client.get("/ours")).text()).toBe("ours,ours");
});

test("a session that another middleware put there before is an error that says what to do, on every request", async () => {
  const { app, errors } = quietKoa();
  app.use((context, next) => {
    if (context.path === "/theirs") context["session"] = {};
    return next();
  });
  app.use(sessions(backend())).use((context) => {
    context.body = "";
  });
  const client = openClient(await serve(app.callback()));
  expect((await client.get("/ours")).status).toBe(200);
  expect((await client.get("/theirs")).status).toBe(500);
  expect(String(errors[0])).toContain("another session library ran before");
});

test("beside koa-session it says what to do", async () => {
  const { app, errors } = quietKoa();
  app.keys = ["key"];
  app.use(koaSession(app)).use(sessions(backend()));
  expect((await openClient(await serve(app.callback())).get("/")).status).toBe(500);
  expect(String(errors[0])).toContain("another session library ran before. Use one of them.");
});

test("requireSession without sessions() says what to do", async () => {
  const { app, errors } = quietKoa();
  app.use(requireSession(SignedIn, () => {}));
  expect((await openClient(await serve(app.callback())).get("/")).status).toBe(500);
  expect(String(errors[0])).toContain("put the session middleware before the routes");
});

test("what goes around Koa's own answer while a store saves has the session's cookie", async () => {
  const { app } = quietKoa();
  const gate = closedGate();
  app.use(sessions(new ServerSideSessionBackend({ store: savedBehind(gate), secure: false })));
  app.use((context) => {
    context["session"].cart = ["tea"];
    context.respond = false;
    void settled().then(() => {
      context.res.write("te");
      gate.open();
      context.res.end("a");
    });
  });
  const response = await openClient(await serve(app.callback())).get("/");
  expect([await response.text(), response.headers.getSetCookie().length]).toEqual(["tea", 1]);
});

test.each([
  ["saved", {}, [200, "raw"]],
  ["refused", { broken: 1n }, [500, "Internal Server Error"]],
])("who ends the response while its session is being %s has no answer of Koa's behind it", async (_, data, answer) => {
  const { app } = quietKoa();
  let isBack = false;
  app.use(async (_context, next) => {
    await next();
    isBack = true;
  });
  app.use(sessions(new ServerSideSessionBackend({ store: farStore(), secure: false })));
  app.use((context) => {
    Object.assign(context["session"], { cart: ["tea"], ...data });
    context.res.statusCode = 200;
    context.res.end("raw");
  });
  const response = await openClient(await serve(app.callback())).get("/");
  expect([response.status, await response.text()]).toEqual(answer);
  expect(isBack).toBe(true);
});
