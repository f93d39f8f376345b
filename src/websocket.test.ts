import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket as Client, WebSocketServer } from "ws";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend, type BaseSessionBackend } from "./backends/index.js";
import { httpScope, openBrowser } from "./browser.fixture.js";
import { SessionMiddleware } from "./middleware.js";
import type { Scope } from "./scope.js";
import { MemoryStore, withNamespace, type Store } from "./stores/index.js";

const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.string()).default([]),
  theme: z.string().optional(),
});
type AppSession = z.infer<typeof AppSession>;

let backend: BaseSessionBackend<AppSession>;
const sockets = new WebSocketServer({ noServer: true });
const server = createServer();

/** The application: each message is an order to the session of its socket, and is answered with the session. */
server.on("upgrade", (request, stream, head) => {
  const scope: Scope = {
    type: "websocket",
    method: "GET",
    path: request.url ?? "/",
    headers: { cookie: request.headers.cookie },
  };
  sockets.handleUpgrade(request, stream, head, (peer) => {
    const connecting = new SessionMiddleware(backend).connect(scope);
    const orders: Record<string, (value: string) => Promise<unknown>> = {
      read: async () => (await connecting).session,
      add: async (item) => (await connecting).session.cart.push(item),
      save: async () => (await connecting).save(),
      reload: async () => (await connecting).reload(),
      clear: async () => (await connecting).clearSession(),
      regenerate: async () => (await connecting).regenerateSession(),
    };
    peer.on("message", (data) => {
      const [order = "", value = ""] = String(data).split(" ");
      const done = Promise.resolve(orders[order]?.(value)).then(async () => (await connecting).session);
      done.then(
        (session) => peer.send(JSON.stringify(session)),
        (error: Error) => peer.send(JSON.stringify({ error: error.name })),
      );
    });
  });
});

beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function connect(cookies: ReadonlyMap<string, string>) {
  const { port } = server.address() as AddressInfo;
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const client = new Client(`ws://127.0.0.1:${port}/cart`, { headers: { cookie } });
  await once(client, "open");
  return {
    order: async (text: string): Promise<unknown> => {
      client.send(text);
      const [data] = await once(client, "message");
      return JSON.parse(String(data));
    },
    close: () => client.close(),
  };
}

describe("a WebSocket on a session that a store holds", () => {
  beforeEach(() => {
    backend = new ServerSideSessionBackend({ store: new MemoryStore(), session: AppSession });
  });

  async function logIn() {
    const browser = openBrowser(backend);
    await browser.visit(({ session }) => (session.userId = "ada"));
    return browser;
  }

  test("has the session from its handshake, and saves what it changes when told to", async () => {
    const browser = await logIn();
    const socket = await connect(browser.cookies);
    expect(await socket.order("read")).toEqual({ userId: "ada", cart: [] });
    await socket.order("add apple");
    expect((await browser.visit(({ session }) => session.cart)).result).toEqual([]);
    await socket.order("save");
    expect((await browser.visit(({ session }) => session.cart)).result).toEqual(["apple"]);
    socket.close();
  });

  test("keeps what other requests wrote meanwhile, and sees it after a reload", async () => {
    const browser = await logIn();
    const socket = await connect(browser.cookies);
    await browser.visit(({ session }) => (session.theme = "dark"));
    await socket.order("add apple");
    expect(await socket.order("save")).toEqual({ userId: "ada", cart: ["apple"] });
    expect(await socket.order("reload")).toEqual({ userId: "ada", cart: ["apple"], theme: "dark" });
    socket.close();
  });

  test("a reload drops what was not saved", async () => {
    const socket = await connect((await logIn()).cookies);
    await socket.order("add apple");
    expect(await socket.order("reload")).toEqual({ userId: "ada", cart: [] });
    socket.close();
  });

  test("can't bring a session back that was logged out meanwhile, and is anonymous after a reload", async () => {
    const browser = await logIn();
    const before = new Map(browser.cookies);
    const socket = await connect(browser.cookies);
    await browser.visit((request) => request.clearSession());
    await socket.order("add apple");
    await socket.order("save");
    expect((await openBrowser(backend, { cookies: before }).visit(({ session }) => session)).result).toEqual({
      cart: [],
    });
    expect(await socket.order("reload")).toEqual({ cart: [] });
    socket.close();
  });

  test("a reload beside a save that is under way gives what is stored, and is not overwritten by it", async () => {
    const inner = new MemoryStore();
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    let isSlow = false;
    const store: Store = {
      ...withNamespace(inner, ""),
      get: async (key) => inner.get(key),
      set: async (...parameters) => {
        const entry = inner.set(...parameters);
        if (isSlow) await answered;
        return entry;
      },
    };
    backend = new ServerSideSessionBackend({ store, session: AppSession });
    const browser = await logIn();
    const scope = { ...httpScope(browser.cookies), type: "websocket" as const };
    const socket = await new SessionMiddleware(backend).connect(scope);
    isSlow = true;
    socket.session.theme = "dark";
    const saving = socket.save();
    const reloaded = await socket.reload();
    answer();
    await saving;
    expect(socket.session).toBe(reloaded);
    expect(reloaded.theme).toBe("dark");
  });

  test("can log out", async () => {
    const browser = await logIn();
    const socket = await connect(browser.cookies);
    await socket.order("clear");
    expect(await socket.order("save")).toEqual({ cart: [] });
    expect((await browser.visit(({ session }) => session)).result).toEqual({ cart: [] });
    socket.close();
  });

  test("says so where the browser would need a cookie, and goes on", async () => {
    const anonymous = await connect(new Map());
    await anonymous.order("add apple");
    expect(await anonymous.order("save")).toEqual({ error: "SessionLateError" });
    expect(await anonymous.order("reload")).toEqual({ cart: [] });
    expect(await anonymous.order("save")).toEqual({ cart: [] });
    const browser = await logIn();
    const socket = await connect(browser.cookies);
    await socket.order("regenerate");
    expect(await socket.order("save")).toEqual({ error: "SessionLateError" });
    expect((await browser.visit(({ session }) => session.userId)).result).toBe("ada");
    anonymous.close();
    socket.close();
  });
});

test("a WebSocket reads a session that the cookie holds, and says that it can't change it", async () => {
  backend = new ClientSideSessionBackend({ secret: "s".repeat(32), session: AppSession });
  const browser = openBrowser(backend);
  await browser.visit(({ session }) => (session.userId = "ada"));
  const socket = await connect(browser.cookies);
  expect(await socket.order("read")).toEqual({ userId: "ada", cart: [] });
  expect(await socket.order("save")).toEqual({ userId: "ada", cart: [] });
  await socket.order("add apple");
  expect(await socket.order("save")).toEqual({ error: "SessionLateError" });
  socket.close();
});
