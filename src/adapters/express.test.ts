import { createRequire } from "node:module";
import express from "express";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend, type BaseSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import { typeDecoder } from "../serialization.js";
import { MemoryStore, type Store } from "../stores/index.js";
import { describeAdapter, guardedRoute, ShopSession, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions } from "./express.js";

/** Express 4 has the same types for what is used here; its own are tested in type-tests. */
const require = createRequire(import.meta.url);
const express4: typeof express = require("express-4");

/** Without its types: those would say of every request here what its session is. */
const expressSession: (options: object) => express.RequestHandler = require("express-session");
const cookieSession: (options: object) => express.RequestHandler = require("cookie-session");

const backends: [string, () => BaseSessionBackend<ShopSession>][] = [
  [
    "an encrypted cookie",
    () => new ClientSideSessionBackend({ secret: "s".repeat(32), secure: false, session: ShopSession }),
  ],
  ["a store", () => serverSide()],
];

function serverSide(store: Store = new MemoryStore()): BaseSessionBackend<ShopSession> {
  return new ServerSideSessionBackend({ store, secure: false, session: ShopSession });
}

describe.each([
  ["Express 5", express],
  ["Express 4", express4],
])("%s", (name, express) => {
  describeAdapter(name, async (routes, backend, options) => {
    const errors: unknown[] = [];
    const app = express();
    app.use(sessions(backend, options));
    for (const { path, serve: answer } of routes) {
      app.get(path, async (req, res, next) => {
        try {
          const { status, headers, body } = await answer(req);
          res.status(status);
          for (const [header, value] of headers) res.append(header, value);
          res.send(body);
        } catch (error) {
          next(error);
        }
      });
    }
    app.get(
      guardedRoute.path,
      requireSession(SignedIn, async (req, res) => res.send(await guardedRoute.serve(req, req.params.tab))),
    );
    app.use(((error, _req, res, _next) => {
      errors.push(error);
      res.status(error.status ?? 500).json({ error: error.name });
    }) satisfies express.ErrorRequestHandler);
    return { origin: await serve(app), errors };
  });

  test("what an asynchronous handler behind requireSession throws goes to the error handlers", async () => {
    const app = express();
    app.use(sessions(serverSide()));
    app.get(
      "/",
      requireSession(ShopSession, async () => {
        await Promise.resolve();
        throw new Error("handler broke");
      }),
    );
    app.use(((error, _req, res, _next) => res.status(500).send(error.message)) satisfies express.ErrorRequestHandler);
    expect(await (await openClient(await serve(app)).get("/")).text()).toBe("handler broke");
  });
});

describe.each(backends)("with %s", (_name, create) => {
  test("headers given to writeHead keep company with the session's", async () => {
    const app = express();
    app.use(sessions(create()));
    app.get("/object", (req, res) => {
      req.session["userId"] = "u";
      res.setHeader("Set-Cookie", "first=1");
      res.writeHead(201, "Made", {
        "Set-Cookie": ["a=1", "b=2"],
        "Cache-Control": "public, max-age=60",
        Vary: "Accept",
      });
      res.end("done");
    });
    app.get("/list", (req, res) => {
      req.session["userId"] = "u";
      res.writeHead(200, ["Set-Cookie", "a=1", "X-Other", "x"]).end();
    });
    const origin = await serve(app);
    const object = await openClient(origin).get("/object");
    expect([object.status, object.statusText, await object.text()]).toEqual([201, "Made", "done"]);
    expect(names(object)).toEqual(["first", "session", "a", "b"].sort());
    expect(object.headers.get("cache-control")).toBe("private, max-age=60");
    expect(object.headers.get("vary")).toBe("Accept, Cookie");
    const list = await openClient(origin).get("/list");
    expect(names(list)).toEqual(["a", "session"]);
    expect(list.headers.get("x-other")).toBe("x");
  });

  test("a streamed response begins with the session's cookie and arrives whole", async () => {
    const app = express();
    app.use(sessions(create()));
    app.get("/", (req, res) => {
      req.session["userId"] = "u";
      for (let line = 0; line < 100; line += 1) res.write(`${line}\n`);
      res.end("end");
    });
    const response = await openClient(await serve(app)).get("/");
    expect(names(response)).toEqual(["session"]);
    expect((await response.text()).split("\n")).toEqual([
      ...Array.from({ length: 100 }, (_, line) => `${line}`),
      "end",
    ]);
  });
});

function names(response: Response): string[] {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split("=")[0] ?? "")
    .sort();
}

test("a change after the first byte is saved where the browser has the id, and an error where it has not", async () => {
  const app = express();
  app.use(sessions(serverSide()));
  app.get("/cart", (req, res) => {
    req.session["cart"].push("tea");
    res.json(req.session["userId"] ?? null);
  });
  app.get("/stream", (req, res) => {
    res.write("begun\n");
    req.session["userId"] = "late";
    res.end("end");
  });
  const origin = await serve(app);
  const client = openClient(origin);
  await client.get("/cart");
  expect(await (await client.get("/stream")).text()).toBe("begun\nend");
  expect(await (await client.get("/cart")).json()).toBe("late");
  // The answer is cut off: the client can tell that it failed.
  await expect(
    openClient(origin)
      .get("/stream")
      .then((response) => response.text()),
  ).rejects.toThrow();
});

test("a response is left alone until its session is used", async () => {
  const app = express();
  app.use(sessions(serverSide()));
  const own = (response: object) => ["writeHead", "write", "end"].filter((name) => Object.hasOwn(response, name));
  app.get("/", (req, res) => {
    const before = own(res);
    req.session["cart"].push("tea");
    res.json({ before, after: own(res) });
  });
  expect(await (await openClient(await serve(app)).get("/")).json()).toEqual({
    before: [],
    after: ["writeHead", "write", "end"],
  });
});

test("mounted twice, the session is served once", async () => {
  const backend = new ServerSideSessionBackend({ store: new MemoryStore() });
  const app = express();
  app.use(sessions(backend), sessions(backend));
  app.get("/", (req, res) => {
    req.session["count"] = (req.session["count"] ?? 0) + 1;
    res.json(req.session["count"]);
  });
  const client = openClient(await serve(app));
  expect(names(await client.get("/"))).toEqual(["session"]);
  expect(await (await client.get("/")).json()).toBe(2);
});

test("a session library behind it that takes request.session over is an error that says what to do", async () => {
  const app = express();
  app.use(sessions(serverSide()), cookieSession({ signed: false }));
  app.get("/", (req, res) => res.json(req.session));
  const response = await openClient(await serve(app)).get("/");
  expect([response.status, await response.text()]).toEqual([
    500,
    expect.stringMatching(/another session library is about to take it over.*typed-session\/cookie-session/),
  ]);
});

test("express-session behind it, which takes over where a session is null, is an error that says what to do", async () => {
  const app = express();
  const SignedInOnly = z.object({ userId: z.string() });
  const backend = new ServerSideSessionBackend({ store: new MemoryStore(), secure: false, session: SignedInOnly });
  app.use(sessions(backend), expressSession({ secret: "s", resave: false, saveUninitialized: false }));
  app.get("/", (_req, res) => res.json("never"));
  const response = await openClient(await serve(app)).get("/");
  expect([response.status, await response.text()]).toEqual([
    500,
    expect.stringMatching(/another session library is about to take it over.*typed-session\/express-session/),
  ]);
});

test("another session library serves other routes of the application", async () => {
  const app = express();
  app.use("/ours", sessions(serverSide()));
  app.use("/theirs", expressSession({ secret: "s", resave: false, saveUninitialized: false }));
  app.use("/cookies", cookieSession({ signed: false }));
  app.use((req, res) => {
    if (req.session === undefined) return res.json("none");
    const visits = (req.session["visits"] ?? 0) + 1;
    req.session["visits"] = visits;
    return res.json([Object.hasOwn(req, "session"), visits]);
  });
  const origin = await serve(app);
  for (const [path, isOwn] of [
    ["/ours", false],
    ["/theirs", true],
    ["/cookies", true],
  ] as const) {
    const client = openClient(origin);
    expect(await (await client.get("/")).json()).toBe("none");
    expect(await (await client.get(path)).json()).toEqual([isOwn, 1]);
    expect(await (await client.get(path)).json()).toEqual([isOwn, 2]);
  }
});

test("a router serves requests of node:http without an application around it", async () => {
  const router = express.Router().use(sessions(serverSide()));
  router.get("/", (req, res) => {
    req.session["cart"].push("tea");
    res.end(req.session["cart"].join());
  });
  const origin = await serve((request, response) => {
    // Such a request has none of the members that an application gives it.
    router(Object.assign(request), Object.assign(response), () => response.end("no route"));
  });
  const client = openClient(origin);
  expect(await (await client.get("/")).text()).toBe("tea");
  expect(await (await client.get("/")).text()).toBe("tea,tea");
});

test("the session stays when a request leaves the mounted application that gave it one", async () => {
  const inner = express().use(sessions(serverSide()), (req, _res, next) => {
    req.session["userId"] = "ada";
    next();
  });
  const app = express().use("/inner", inner);
  app.get("/inner", (req, res) => res.json(req.session["userId"]));
  app.get("/outer", (req, res) => res.json(req.session === undefined));
  const client = openClient(await serve(app));
  expect(await (await client.get("/inner")).json()).toBe("ada");
  expect(await (await client.get("/outer")).json()).toBe(true);
});

test("members may be taken off the request, and what an application puts in their place stays", async () => {
  const app = express();
  app.use(sessions(serverSide()));
  app.get("/", async (req, res) => {
    const { setSession, loadSession, getSessionId } = req;
    setSession({ cart: ["tea"] });
    Object.assign(req, { getSessionId: () => "mine" });
    res.json([await loadSession(), getSessionId(), req.getSessionId()]);
  });
  expect(await (await openClient(await serve(app)).get("/")).json()).toEqual([{ cart: ["tea"] }, null, "mine"]);
});

test("mounted at a path, `exclude` is asked about the whole path", async () => {
  const app = express();
  const backend = new ServerSideSessionBackend({ store: new MemoryStore(), exclude: "^/shop/static" });
  app.use("/shop", sessions(backend));
  app.get("/shop/{*path}", (req, res) => res.json(req.session !== undefined));
  const client = openClient(await serve(app));
  expect(await (await client.get("/shop/static/logo")).json()).toBe(false);
  expect(await (await client.get("/shop/cart")).json()).toBe(true);
  expect(await (await client.get("/shop/static/logo")).json()).toBe(false);
});

test("type decoders make session classes", async () => {
  class Visits {
    count = 0;
  }
  class Restored extends Visits {}
  const typeDecoders = [typeDecoder(Visits, (value) => Object.assign(new Restored(), value))];
  const backend = new ServerSideSessionBackend({ store: new MemoryStore(), secure: false, session: Visits });
  const app = express();
  app.use(sessions(backend, { typeDecoders }));
  app.get("/", (req, res) => {
    req.session["count"] += 1;
    res.json([req.session.constructor.name, req.session["count"]]);
  });
  const client = openClient(await serve(app));
  await client.get("/");
  expect(await (await client.get("/")).json()).toEqual(["Restored", 2]);
});

test("requireSession without sessions says what to do", async () => {
  const app = express();
  app.get(
    "/",
    requireSession(SignedIn, (_req, res) => res.end()),
  );
  expect(await (await openClient(await serve(app)).get("/")).text()).toContain("put the session middleware before");
});

test("an error thrown later in a handler goes to Express's error path", async () => {
  const app = express();
  app.use(sessions(new ServerSideSessionBackend({ store: new MemoryStore() })));
  app.get("/", async (req) => {
    req.session["a"] = 1;
    await Promise.reject(new Error("handler broke"));
  });
  const response = await openClient(await serve(app)).get("/");
  expect(response.status).toBe(500);
});

test("a cookie for HTTPS on plain HTTP is sent, with one warning that names the proxy setting", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const serveOnce = async (trustProxy: boolean, forwarded: string) => {
    const app = express();
    app.set("trust proxy", trustProxy);
    app.use(sessions(new ServerSideSessionBackend({ store: new MemoryStore(), session: ShopSession, secure: true })));
    app.get("/", (request, response) => {
      request.session["userId"] = String(Math.random());
      response.send("ok");
    });
    const client = openClient(await serve(app));
    for (let round = 0; round < 3; round += 1) {
      const { headers } = await client.get("/", { "x-forwarded-proto": forwarded });
      expect(headers.get("set-cookie")).toContain("Secure");
    }
  };
  await serveOnce(false, "https");
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining("trust proxy")]);
  await serveOnce(true, "https");
  expect(warnings).toHaveLength(1);
  process.off("warning", listen);
});
