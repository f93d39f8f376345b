import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend, type BaseSessionBackend } from "../backends/index.js";
import { openClient } from "../http-client.fixture.js";
import type { SessionConnection } from "../request.js";
import { typeEncoder } from "../serialization.js";
import { MemoryStore, withNamespace, type Store } from "../stores/index.js";
import type { SessionDict } from "../types.js";
import type { SessionsOptions } from "./sessions-options.js";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

export const ShopSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.string()).default([]),
  since: isoDate.optional(),
});
export type ShopSession = z.infer<typeof ShopSession>;
export const SignedIn = ShopSession.required({ userId: true });

/** What a route answers, before its framework has anything to do with it. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** A route of the shop, for every framework to serve. */
export interface Route {
  readonly path: string;
  // The type is what the type tests are about: here, a dict takes any framework's request.
  serve(connection: SessionConnection<SessionDict>): Reply | Promise<Reply>;
}

/** The route that a framework is to put behind its `requireSession(SignedIn)`. It gets the parameter `tab`. */
export const guardedRoute = {
  path: "/account/:tab" as const,
  serve: async ({ session }: { session: z.infer<typeof SignedIn> }, tab: string): Promise<string> => {
    await Promise.resolve();
    if (tab === "broken") throw new Error("thrown behind the guard");
    return `${session.userId.toUpperCase()} ${tab} ${session.since?.getUTCFullYear()}`;
  },
};

const routes: readonly Route[] = [
  {
    path: "/login",
    serve: (connection) => {
      connection.regenerateSession();
      connection.session["userId"] = "ada";
      connection.session["since"] = new Date(0);
      return reply("", [["Location", "/account/orders"], ...cookies], 302);
    },
  },
  {
    path: "/tag",
    serve: ({ session }) => {
      session["tags"] = new Set(["new", "sale"]);
      return reply("");
    },
  },
  { path: "/tags", serve: ({ session }) => reply(session["tags"].join()) },
  { path: "/cart", serve: ({ session }) => reply(session["cart"].join()) },
  {
    path: "/add",
    serve: ({ session }) => {
      session["cart"].push("tea");
      return reply(session["cart"].join());
    },
  },
  {
    path: "/empty",
    serve: (connection) => {
      connection.setSession({ userId: connection.session["userId"], cart: [] });
      return reply(connection.session["cart"].join());
    },
  },
  {
    path: "/logout",
    serve: (connection) => {
      connection.clearSession();
      return reply("bye");
    },
  },
  { path: "/id", serve: (connection) => reply(String(connection.getSessionId() !== null)) },
  { path: "/untouched", serve: () => reply("untouched", cookies) },
  {
    path: "/cached",
    serve: ({ session }) => {
      session["cart"].push("rum");
      return reply("", [
        ["Cache-Control", "public, max-age=60"],
        ["Vary", "Accept"],
      ]);
    },
  },
  {
    path: "/break",
    serve: ({ session }) => {
      Object.assign(session, { cart: "no cart" });
      return reply("never sent", [["Location", "/never"]], 302);
    },
  },
  {
    path: "/throw",
    serve: async () => {
      await Promise.resolve();
      throw new Error("thrown by the handler");
    },
  },
  {
    path: "/break-and-throw",
    serve: async ({ session }) => {
      Object.assign(session, { cart: "no cart" });
      throw new Error("thrown by the handler");
    },
  },
  { path: "/load", serve: async (connection) => reply((await connection.loadSession())["cart"].join()) },
];

const cookies = [
  ["Set-Cookie", "theme=dark; Path=/"],
  ["Set-Cookie", "lang=en; Path=/"],
] as const;

function reply(body: string, headers: Reply["headers"] = [], status = 200): Reply {
  return { status, headers, body };
}

/** An application of some framework, with its own error handler. */
export interface ServedShop {
  readonly origin: string;
  /** What the framework's error handler was given. */
  readonly errors: readonly unknown[];
}

/**
 * Serves the routes, each with a session, in some framework; `guardedRoute` behind its `requireSession`. The framework's
 * error handler keeps the error and answers with its `status`, or 500.
 */
export type ServeShop = (
  routes: readonly Route[],
  backend: BaseSessionBackend<ShopSession>,
  options: SessionsOptions,
) => Promise<ServedShop>;

/** The promises that every adapter keeps, over real HTTP. */
export function describeAdapter(name: string, serveShop: ServeShop): void {
  const open = (backend: BaseSessionBackend<ShopSession>, options: SessionsOptions = {}) =>
    serveShop(routes, backend, options);

  describe.each<[string, () => BaseSessionBackend<ShopSession>]>([
    [
      "an encrypted cookie",
      () => new ClientSideSessionBackend({ secret: "s".repeat(32), secure: false, session: ShopSession }),
    ],
    ["a synchronous store", () => serverSide(new MemoryStore())],
    ["an asynchronous store", () => serverSide(observe(new MemoryStore()).store)],
  ])(`${name} with %s`, (_backend, create) => {
    test("login, guarded page with its route's parameter, logout; several cookies stay several", async () => {
      const { origin } = await open(create());
      const client = openClient(origin);
      expect((await client.get("/account/orders")).status).toBe(401);
      const login = await client.get("/login");
      expect([login.status, login.headers.get("location")]).toEqual([302, "/account/orders"]);
      expect(cookieNames(login)).toEqual(["lang", "session", "theme"]);
      expect(await (await client.get("/account/orders")).text()).toBe("ADA orders 1970");
      expect(await (await client.get("/logout")).text()).toBe("bye");
      expect(client.cookies.has("session")).toBe(false);
      expect((await client.get("/account/orders")).status).toBe(401);
    });

    test("changes are kept, the session can be replaced, and has an id where it is stored", async () => {
      const backend = create();
      const client = openClient((await open(backend)).origin);
      await client.get("/add");
      expect(await (await client.get("/add")).text()).toBe("tea,tea");
      expect(await (await client.get("/cart")).text()).toBe("tea,tea");
      expect(await (await client.get("/id")).text()).toBe(String(backend instanceof ServerSideSessionBackend));
      await client.get("/empty");
      expect(await (await client.get("/cart")).text()).toBe("");
    });

    test("a response that sets the session is for no shared cache, one that does not says nothing", async () => {
      const client = openClient((await open(create())).origin);
      const cached = await client.get("/cached");
      expect(cookieNames(cached)).toEqual(["session"]);
      expect(cached.headers.get("cache-control")).toBe("private, max-age=60");
      expect(cached.headers.get("vary")).toBe("Accept, Cookie");
      const untouched = await client.get("/untouched");
      expect(cookieNames(untouched)).toEqual(["lang", "theme"]);
      expect([untouched.headers.get("cache-control"), untouched.headers.get("vary")]).toEqual([null, null]);
    });

    test("a session that can't be saved goes to the framework's error handler, and nothing is saved or sent", async () => {
      const { origin, errors } = await open(create());
      const client = openClient(origin);
      await client.get("/login");
      const response = await client.get("/break");
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("never sent");
      expect(errors).toEqual([
        expect.objectContaining({ name: "SessionInvalidError", message: expect.stringContaining("cart: ") }),
      ]);
      expect(await (await client.get("/account/orders")).text()).toBe("ADA orders 1970");
    });

    test("what an asynchronous handler throws goes to the framework's error handler", async () => {
      const { origin, errors } = await open(create());
      expect((await openClient(origin).get("/throw")).status).toBe(500);
      expect(errors).toEqual([expect.objectContaining({ message: "thrown by the handler" })]);
    });

    test("what an asynchronous handler behind requireSession throws goes to the framework's error handler", async () => {
      const { origin, errors } = await open(create());
      const client = openClient(origin);
      await client.get("/login");
      expect((await client.get("/account/broken")).status).toBe(500);
      expect(errors).toEqual([expect.objectContaining({ message: "thrown behind the guard" })]);
    });
  });

  test(`${name}: a store that can't save is an error of the framework, and nothing of the response is sent`, async () => {
    const { store, hold } = observe(new MemoryStore());
    const { origin, errors } = await open(serverSide(store));
    const { isAsked, refuse } = hold();
    const adding = openClient(origin).get("/add");
    await isAsked;
    refuse(new Error("disk full"));
    const response = await adding;
    expect([response.status, response.headers.getSetCookie()]).toEqual([500, []]);
    expect(await response.text()).not.toContain("tea");
    expect(errors).toEqual([expect.objectContaining({ message: "disk full" })]);
  });

  test(`${name}: type encoders write further classes`, async () => {
    const typeEncoders = [typeEncoder(Set, (set) => [...set])];
    const client = openClient((await open(serverSide(new MemoryStore()), { typeEncoders })).origin);
    await client.get("/tag");
    expect(await (await client.get("/tags")).text()).toBe("new,sale");
  });

  test(`${name}: a handler's own error is the one that is answered, though its session can't be saved`, async () => {
    const { origin, errors } = await open(serverSide(observe(new MemoryStore()).store));
    const response = await openClient(origin).get("/break-and-throw");
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.not.stringMatching(/SessionInvalid|changed/),
    ]);
    expect(errors).toEqual([expect.objectContaining({ message: "thrown by the handler" })]);
  });

  test(`${name}: a store that can't answer is an error of the framework, never an anonymous session`, async () => {
    const { store, fail } = observe(new MemoryStore());
    const { origin, errors } = await open(serverSide(store));
    const client = openClient(origin);
    await client.get("/login");
    fail();
    expect((await client.get("/cart")).status).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ message: "no connection" })]);
  });

  test(`${name}: nothing of a response is sent before the store has the session`, async () => {
    const { store, hold } = observe(new MemoryStore());
    const { origin } = await open(serverSide(store));
    const { isAsked, answer } = hold();
    let isAnswered = false;
    const login = openClient(origin)
      .get("/login")
      .finally(() => (isAnswered = true));
    await isAsked;
    // Another whole request and its answer, while the store is busy with the login.
    await openClient(origin).get("/untouched");
    expect(isAnswered).toBe(false);
    answer();
    expect((await login).status).toBe(302);
  });

  test(`${name}: on demand, a route that does not touch its session asks no store`, async () => {
    const { store, operations } = observe(new MemoryStore());
    const { origin, errors } = await open(serverSide(store), { load: "on-demand" });
    const client = openClient(origin, new Map([["session", "A".repeat(43)]]));
    await client.get("/untouched");
    expect(operations).toEqual([]);
    await client.get("/load");
    expect(operations).toEqual(["get"]);
    expect((await client.get("/account/orders")).status).toBe(401);
    expect((await client.get("/cart")).status).toBe(500);
    expect(errors.at(-1)).toMatchObject({
      name: "SessionMissingError",
      message: expect.stringMatching(/Await `loadSession\(\)`/),
    });
  });

  test(`${name}: an excluded route is served, without a session`, async () => {
    const backend = serverSide(new MemoryStore(), [/^\/untouched/]);
    const client = openClient((await open(backend)).origin);
    expect(await (await client.get("/untouched")).text()).toBe("untouched");
    expect((await client.get("/add")).status).toBe(200);
  });
}

function serverSide(store: Store, exclude: readonly RegExp[] = []): BaseSessionBackend<ShopSession> {
  return new ServerSideSessionBackend({ store, secure: false, session: ShopSession, exclude });
}

function cookieNames(response: Response): string[] {
  const names = response.headers.getSetCookie().map((cookie) => cookie.split("=")[0] ?? "");
  return names.sort();
}

/** An asynchronous store that tells what it was asked, fails when told to, and waits when told to. */
function observe(inner: Store) {
  const operations: string[] = [];
  let gate: Promise<void> | undefined;
  let asked = (): void => {};
  let isDown = false;
  const store: Store = {
    ...withNamespace(inner, ""),
    get: async (key) => {
      operations.push("get");
      if (isDown) throw new Error("no connection");
      return inner.get(key);
    },
    set: async (...parameters) => {
      operations.push("set");
      asked();
      await gate;
      return inner.set(...parameters);
    },
  };
  function hold(): { isAsked: Promise<void>; answer: () => void; refuse: (error: Error) => void } {
    let answer = (): void => {};
    let refuse = (_error: Error): void => {};
    gate = new Promise((resolve, reject) => {
      answer = resolve;
      refuse = reject;
    });
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    return { isAsked, answer, refuse };
  }
  return { store, operations, hold, fail: () => void (isDown = true) };
}
