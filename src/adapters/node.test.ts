import type { ServerResponse } from "node:http";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend, type BaseSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import { MemoryStore, withNamespace, type Store } from "../stores/index.js";
import { requireSession, sessions } from "./node.js";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });

function shop(backend: BaseSessionBackend<AppSession>, onError?: (error: unknown, response: ServerResponse) => void) {
  const account = requireSession(SignedIn, (request, response) => response.end(request.session.userId.toUpperCase()));
  return sessions(backend, {
    ...(onError && { onError: (error, _request, response) => onError(error, response) }),
  })(async (request, response) => {
    switch (request.url) {
      case "/login":
        request.regenerateSession();
        request.session.userId = "ada";
        return response.writeHead(302, { location: "/account", "set-cookie": "theme=dark" }).end();
      case "/account":
        return account(request, response);
      case "/logout":
        request.clearSession();
        return response.end("bye");
      case "/stream":
        request.session.cart.push("tea");
        response.write("first ");
        await new Promise((resolve) => setImmediate(resolve));
        return response.end("last");
      case "/break":
        Object.assign(request.session, { cart: "no cart" });
        return response.end("never sent");
      case "/throw":
        throw new Error("thrown by the handler");
      default:
        return response.end(JSON.stringify(request.session.cart));
    }
  });
}

describe.each<[string, () => BaseSessionBackend<AppSession>]>([
  [
    "an encrypted cookie",
    () => new ClientSideSessionBackend({ secret: "s".repeat(32), secure: false, session: AppSession }),
  ],
  ["a store", () => new ServerSideSessionBackend({ store: new MemoryStore(), secure: false, session: AppSession })],
])("node:http with %s", (_name, create) => {
  test("login, account, logout, with the application's own cookie beside", async () => {
    const client = openClient(await serve(shop(create())));
    expect((await client.get("/account")).status).toBe(401);
    const login = await client.get("/login");
    expect([login.status, login.headers.getSetCookie().length]).toEqual([302, 2]);
    expect(await (await client.get("/account")).text()).toBe("ADA");
    expect(await (await client.get("/logout")).text()).toBe("bye");
    expect((await client.get("/account")).status).toBe(401);
  });

  test("a streamed response begins with the session's cookie and arrives whole", async () => {
    const client = openClient(await serve(shop(create())));
    expect(await (await client.get("/stream")).text()).toBe("first last");
    expect(await (await client.get("/")).json()).toEqual(["tea"]);
  });

  test("a session that can't be saved, and an error of the handler, reach onError; nothing else is sent", async () => {
    const errors: string[] = [];
    const app = shop(create(), (error, response) => {
      errors.push(error instanceof Error ? error.message : "no error");
      response.writeHead(503).end("sorry");
    });
    const client = openClient(await serve(app));
    for (const path of ["/break", "/throw"]) {
      const response = await client.get(path);
      expect([response.status, await response.text(), response.headers.getSetCookie()]).toEqual([503, "sorry", []]);
    }
    expect(errors).toEqual([expect.stringContaining("cart: "), "thrown by the handler"]);
  });
});

test("without onError a failing store is a 500, and its error is on the console", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const store: Store = {
    ...withNamespace(new MemoryStore(), ""),
    get: () => Promise.reject(new Error("no connection")),
  };
  const backend = new ServerSideSessionBackend({ store, secure: false, session: AppSession });
  const client = openClient(await serve(shop(backend)));
  await client.get("/login");
  const response = await client.get("/");
  expect([response.status, await response.text()]).toEqual([500, "Internal Server Error"]);
  expect(logged.mock.calls).toEqual([[expect.objectContaining({ message: "no connection" })]]);
  logged.mockRestore();
});

test("no byte is sent before the store has the session", async () => {
  const inner = new MemoryStore();
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let asked = (): void => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const store: Store = {
    ...withNamespace(inner, ""),
    set: async (...parameters) => {
      asked();
      await answered;
      return inner.set(...parameters);
    },
  };
  let sent: ServerResponse | undefined;
  const handler = sessions(new ServerSideSessionBackend({ store, secure: false, session: AppSession }))((
    request,
    response,
  ) => {
    sent = response;
    request.session.userId = "ada";
    response.end("in");
  });
  const responding = fetch(await serve(handler));
  await isAsked;
  expect(sent?.headersSent).toBe(false);
  answer();
  expect(await (await responding).text()).toBe("in");
});

test("wrapped twice is an error that says so", async () => {
  const errors: unknown[] = [];
  const backend = new ServerSideSessionBackend({ store: new MemoryStore(), session: AppSession });
  const withSession = sessions(backend, {
    onError: (error, _request, response) => {
      errors.push(error);
      response.end();
    },
  });
  const twice = withSession((request, response) => withSession(() => {})(request, response));
  const response = await fetch(await serve(twice));
  expect(response.status).toBe(200);
  expect(String(errors[0])).toContain("Wrap each handler once");
});
