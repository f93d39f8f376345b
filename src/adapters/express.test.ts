import express from "express";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend, type BaseSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import { MemoryStore, withNamespace, type Store } from "../stores/index.js";
import { requireSession, sessions } from "./express.js";

const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.string()).default([]),
  since: z
    .codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })
    .optional(),
});
const SignedIn = AppSession.required({ userId: true });
type AppSession = z.infer<typeof AppSession>;

/** A store that answers when it is told to. */
function slowStore(): { store: Store; answer: () => void; waiting: Promise<void> } {
  const inner = new MemoryStore();
  let answer = (): void => {};
  const gate = new Promise<void>((resolve) => (answer = resolve));
  let arrived = (): void => {};
  const waiting = new Promise<void>((resolve) => (arrived = resolve));
  const store: Store = {
    capabilities: inner.capabilities,
    get: async (key) => inner.get(key),
    set: async (...parameters) => {
      arrived();
      await gate;
      return inner.set(...parameters);
    },
    delete: async (key, condition) => inner.delete(key, condition),
    renew: async (key, expiresIn) => inner.renew(key, expiresIn),
  };
  return { store, answer, waiting };
}

const backends: [string, () => BaseSessionBackend<AppSession>][] = [
  ["an encrypted cookie", () => new ClientSideSessionBackend({ secret: "s".repeat(32), session: AppSession })],
  ["a synchronous store", () => new ServerSideSessionBackend({ store: new MemoryStore(), session: AppSession })],
  [
    "an asynchronous store",
    () => {
      const { store, answer } = slowStore();
      answer();
      return new ServerSideSessionBackend({ store, session: AppSession });
    },
  ],
];

function shop(backend: BaseSessionBackend<AppSession>): express.Express {
  const app = express();
  app.use(sessions(backend));
  app.get("/login/:name", (req, res) => {
    req.regenerateSession();
    req.session["userId"] = req.params.name;
    req.session["since"] = new Date(0);
    res.cookie("theme", "dark").redirect("/account");
  });
  app.get(
    "/account",
    requireSession(SignedIn, (req, res) => {
      res.json({ user: req.session.userId.toUpperCase(), year: req.session.since?.getUTCFullYear() });
    }),
  );
  app.get("/logout", (req, res) => {
    req.clearSession();
    res.end("bye");
  });
  app.get("/untouched", (_req, res) => res.send("nothing"));
  return app;
}

describe.each(backends)("with %s", (_name, create) => {
  test("login, account, logout, over HTTP", async () => {
    const client = openClient(await serve(shop(create())));
    expect((await client.get("/account")).status).toBe(401);
    const login = await client.get("/login/ada");
    expect(login.status).toBe(302);
    expect(login.headers.getSetCookie()).toHaveLength(2);
    expect(await (await client.get("/account")).json()).toEqual({ user: "ADA", year: 1970 });
    const cookies = new Map(client.cookies);
    expect(await (await client.get("/logout")).text()).toBe("bye");
    expect((await client.get("/account")).status).toBe(401);
    const isReplayable = create().constructor === ClientSideSessionBackend;
    const replay = await openClient(await serve(shop(create())), cookies).get("/account");
    expect(replay.status).toBe(isReplayable ? 200 : 401);
  });

  test("a response that sets the session says so to caches, one that does not says nothing", async () => {
    const client = openClient(await serve(shop(create())));
    const login = await client.get("/login/ada");
    expect(login.headers.get("cache-control")).toBe("private");
    expect(login.headers.get("vary")).toMatch(/\bCookie\b/);
    const untouched = await client.get("/untouched");
    expect(untouched.headers.getSetCookie()).toEqual([]);
    expect(untouched.headers.get("cache-control")).toBeNull();
    expect(untouched.headers.get("vary")).toBeNull();
  });

  test("a session that can't be saved is a 500 by Express's error handlers, and nothing is saved", async () => {
    const app = shop(create());
    const seen: string[] = [];
    app.get("/break", (req, res) => {
      req.session["cart"] = "no cart";
      res.json({ ok: true });
    });
    app.use(((error, _req, res, _next) => {
      seen.push(error.message);
      res.status(500).json({ error: error.name });
    }) satisfies express.ErrorRequestHandler);
    const client = openClient(await serve(app));
    await client.get("/login/ada");
    const response = await client.get("/break");
    expect([response.status, await response.json()]).toEqual([500, { error: "SessionInvalidError" }]);
    expect(seen).toEqual([expect.stringContaining("cart: ")]);
    expect((await client.get("/account")).status).toBe(200);
  });

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

test("no byte of a redirect is sent before the session is stored", async () => {
  const { store, answer, waiting } = slowStore();
  const origin = await serve(shop(new ServerSideSessionBackend({ store, session: AppSession })));
  let isAnswered = false;
  const login = openClient(origin)
    .get("/login/ada")
    .then((response) => {
      isAnswered = true;
      return response;
    });
  await waiting;
  // Another whole request and its answer, while the store is still busy with the login.
  await openClient(origin).get("/untouched");
  expect(isAnswered).toBe(false);
  answer();
  expect((await login).status).toBe(302);
});

test("a change after the first byte is saved where the browser has the id, and an error where it has not", async () => {
  const app = shop(new ServerSideSessionBackend({ store: new MemoryStore(), session: AppSession }));
  app.get("/stream", (req, res) => {
    res.write("begun\n");
    req.session["userId"] = "late";
    res.end("end");
  });
  const origin = await serve(app);
  const client = openClient(origin);
  await client.get("/login/ada");
  expect(await (await client.get("/stream")).text()).toBe("begun\nend");
  expect(await (await client.get("/account")).json()).toMatchObject({ user: "LATE" });
  // The answer is cut off: the client can tell that it failed.
  await expect(
    openClient(origin)
      .get("/stream")
      .then((response) => response.text()),
  ).rejects.toThrow();
});

test("a store that can't answer is a 500, not an anonymous session", async () => {
  const { store } = slowStore();
  const down: Store = { ...store, get: () => Promise.reject(new Error("down")) };
  const client = openClient(
    await serve(shop(new ServerSideSessionBackend({ store: down, session: AppSession }))),
    new Map([["session", "A".repeat(43)]]),
  );
  expect((await client.get("/account")).status).toBe(500);
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

test("with `load: on-demand` a route that does not touch its session costs no store operation", async () => {
  const inner = new MemoryStore();
  const asked: string[] = [];
  const store: Store = {
    ...withNamespace(inner, ""),
    get: async (key) => {
      asked.push("get");
      return inner.get(key);
    },
  };
  const app = express();
  app.use(sessions(new ServerSideSessionBackend({ store, session: AppSession }), { load: "on-demand" }));
  app.get("/login", async (request, response) => {
    const session = await request.loadSession();
    session["userId"] = "ada";
    response.send("in");
  });
  app.get("/untouched", (_request, response) => void response.send("untouched"));
  app.get("/loaded", async (request, response) => {
    await request.loadSession();
    response.send(request.session["userId"]);
  });
  app.get(
    "/required",
    requireSession(SignedIn, (request, response) => void response.send(request.session.userId.toUpperCase())),
  );
  app.get("/forgotten", (request, response) => void response.send(request.session["userId"]));
  app.use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    response.status(500).send(error.message);
  });
  const origin = await serve(app);
  const client = openClient(origin);
  await client.get("/login");
  asked.length = 0;
  expect(await (await client.get("/untouched")).text()).toBe("untouched");
  expect(asked).toEqual([]);
  expect(await (await client.get("/loaded")).text()).toBe("ada");
  expect(asked).toEqual(["get"]);
  expect(await (await client.get("/required")).text()).toBe("ADA");
  const refused = await openClient(origin).get("/required");
  expect([refused.status, await refused.text()]).toEqual([500, expect.stringContaining("requires another session")]);
  const forgotten = await client.get("/forgotten");
  expect([forgotten.status, await forgotten.text()]).toEqual([500, expect.stringContaining("Await `loadSession()`")]);
});

test("a cookie for HTTPS on plain HTTP is sent, with one warning that names the proxy setting", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const serveOnce = async (trustProxy: boolean, forwarded: string) => {
    const app = express();
    app.set("trust proxy", trustProxy);
    app.use(sessions(new ServerSideSessionBackend({ store: new MemoryStore(), session: AppSession, secure: true })));
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
