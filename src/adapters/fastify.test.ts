import { gzipSync } from "node:zlib";
import fastify, { type FastifyInstance } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { ServerSideSessionBackend } from "../backends/index.js";
import { openClient } from "../http-client.fixture.js";
import { farStore } from "../stores/far-store.fixture.js";
import { settled } from "../stores/gate.fixture.js";
import { MemoryStore } from "../stores/index.js";
import { describeAdapter, guardedRoute, ShopSession, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions } from "./fastify.js";

const backend = () => new ServerSideSessionBackend({ store: new MemoryStore(), secure: false, session: ShopSession });

async function listen(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close());
  return app.listen({ port: 0, host: "127.0.0.1" });
}

describeAdapter("Fastify", async (routes, backend, options) => {
  const errors: unknown[] = [];
  const app = fastify();
  app.setErrorHandler<Error & { status?: number }>((error, _request, reply) => {
    errors.push(error);
    return reply.code(error.status ?? 500).send({ error: error.name });
  });
  await app.register(sessions(backend, options));
  for (const { path, serve } of routes) {
    app.get(path, async (request, reply) => {
      const { status, headers, body } = await serve(request);
      reply.code(status);
      for (const [name, value] of headers) reply.header(name, value);
      return reply.send(body);
    });
  }
  app.get<{ Params: { tab: string } }>(
    guardedRoute.path,
    requireSession(SignedIn, (request) => guardedRoute.serve(request, request.params.tab)),
  );
  return { origin: await listen(app), errors };
});

test("routes have the session wherever sessions() was registered; a hook that runs before it says what to do", async () => {
  const app = fastify();
  app.get("/", (request) => request.session);
  void app.register(async (child) => {
    child.addHook("onRequest", async (request) => void request.session["cart"]);
    child.get("/hook", () => "never");
  });
  void app.register(sessions(backend()));
  const client = openClient(await listen(app));
  expect(await (await client.get("/")).json()).toEqual({ cart: [] });
  const response = await client.get("/hook");
  expect([response.status, await response.json()]).toMatchObject([
    500,
    {
      message: expect.stringMatching(
        /^There is no session for GET \/hook: .* Register sessions\(\) before what uses it\.$/,
      ),
    },
  ]);
});

test("with another decorator of the same name it fails at start-up and says what to do", async () => {
  const app = fastify();
  app.decorateRequest("session", null as never);
  void app.register(sessions(backend()));
  await expect(app.ready()).rejects.toThrow(/another session library ran before.*typed-session\/fastify-session/);
});

test("registered twice it fails at start-up", async () => {
  const app = fastify();
  void app.register(sessions(backend())).register(sessions(backend()));
  await expect(app.ready()).rejects.toThrow("found request.session to be somebody else's");
});

test("a hijacked reply has the session's cookie, and late changes are saved", async () => {
  const app = fastify();
  await app.register(sessions(backend()));
  app.get("/", (request, reply) => {
    request.session["cart"].push("tea");
    reply.hijack();
    reply.raw.write("begun ");
    request.session["cart"].push("late");
    reply.raw.end(request.session["cart"].join());
  });
  const client = openClient(await listen(app));
  await client.get("/");
  expect(await (await client.get("/")).text()).toBe("begun tea,late,tea,late");
});

test("`inject` has it all too", async () => {
  const app = fastify();
  await app.register(sessions(backend()));
  app.get("/", (request) => {
    request.session["cart"].push("tea");
    return request.session["cart"];
  });
  const first = await app.inject("/");
  const [cookie] = first.cookies;
  const second = await app.inject({ url: "/", cookies: { session: cookie?.value ?? "" } });
  expect(second.json()).toEqual(["tea", "tea"]);
});

test("requireSession without sessions() says what to do", async () => {
  const app = fastify();
  app.get(
    "/",
    requireSession(SignedIn, () => "never"),
  );
  const response = await openClient(await listen(app)).get("/");
  expect(await response.json()).toMatchObject({
    message: expect.stringMatching(/put the session middleware before the routes/),
  });
});

test("a second answer while a store saves is ignored, beside hooks that change what is sent", async () => {
  const app = fastify();
  await app.register(sessions(new ServerSideSessionBackend({ store: farStore(), secure: false })));
  app.addHook("onSend", async (_request, reply, payload) => {
    await settled();
    reply.header("X-Sent", payload);
    return payload;
  });
  app.get("/", (request, reply) => {
    request.session["seen"] = true;
    void reply.send("first");
    void reply.send("second");
  });
  const response = await openClient(await listen(app)).get("/");
  expect([await response.text(), response.headers.get("x-sent")]).toEqual(["first", "first"]);
});

test("a hijacked reply whose session can't be saved is answered 500", async () => {
  const app = fastify();
  await app.register(sessions(new ServerSideSessionBackend({ store: farStore(), secure: false })));
  app.get("/", (request, reply) => {
    request.session["broken"] = 1n;
    reply.hijack();
    reply.raw.writeHead(200, { "content-type": "text/event-stream" }).write("data: never\n\n");
  });
  const response = await openClient(await listen(app)).get("/");
  expect([response.status, await response.text()]).toEqual([500, "Internal Server Error"]);
});

test("the error in place of a compressed reply can be read", async () => {
  const app = fastify();
  await app.register(sessions(backend()));
  app.get("/", (request, reply) => {
    request.session["cart"].push(1n);
    return reply.header("Content-Encoding", "gzip").send(gzipSync("tea"));
  });
  expect(await (await openClient(await listen(app)).get("/")).json()).toMatchObject({ statusCode: 500 });
});
