import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test, vi } from "vitest";
import { ServerSideSessionBackend, type BaseSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import { MemoryStore, withNamespace, type Store } from "../stores/index.js";
import { describeAdapter, guardedRoute, ShopSession, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions } from "./node.js";

function serverSide(store: Store = new MemoryStore()): BaseSessionBackend<ShopSession> {
  return new ServerSideSessionBackend({ store, secure: false, session: ShopSession });
}

function shop(backend: BaseSessionBackend<ShopSession>) {
  return sessions(backend)(async (request, response) => {
    switch (request.url) {
      case "/login":
        request.regenerateSession();
        request.session.userId = "ada";
        return response.writeHead(302, { location: "/account", "set-cookie": "theme=dark" }).end();
      case "/stream":
        request.session.cart.push("tea");
        response.write("first ");
        await new Promise((resolve) => setImmediate(resolve));
        return response.end("last");
      default:
        return response.end(JSON.stringify(request.session.cart));
    }
  });
}

describeAdapter("node:http", async (routes, backend, options) => {
  const errors: unknown[] = [];
  const served = new Map(routes.map((route) => [route.path, route]));
  const account = requireSession(SignedIn, async (request, response) =>
    response.end(await guardedRoute.serve(request, request.url?.split("/").at(-1) ?? "")),
  );
  const onError = (error: unknown, _request: IncomingMessage, response: ServerResponse) => {
    errors.push(error);
    response.writeHead(500).end("sorry");
  };
  const withSession = sessions(backend, { ...options, onError });
  const listener = withSession(async (request, response) => {
    const route = served.get(request.url ?? "");
    if (route === undefined) return account(request, response);
    const { status, headers, body } = await route.serve(request);
    for (const [name, value] of headers) response.appendHeader(name, value);
    return response.writeHead(status).end(body);
  });
  return { origin: await serve(listener), errors };
});

test("a streamed response begins with the session's cookie and arrives whole", async () => {
  const client = openClient(await serve(shop(serverSide())));
  expect(await (await client.get("/stream")).text()).toBe("first last");
  expect(await (await client.get("/")).json()).toEqual(["tea"]);
});

test("without onError a failing store is a 500, and its error is on the console", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const store: Store = {
    ...withNamespace(new MemoryStore(), ""),
    get: () => Promise.reject(new Error("no connection")),
  };
  const backend = serverSide(store);
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
  const handler = sessions(serverSide(store))((request, response) => {
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

/** A store that answers in a later turn. */
function asynchronous(inner: Store = new MemoryStore()): Store {
  return { ...withNamespace(inner, ""), set: async (...parameters) => inner.set(...parameters) };
}

test("a writer is told to wait when much is held back, and to go on when the session is saved", async () => {
  const hasRoom: boolean[] = [];
  const much = "much ".repeat(20_000);
  const handler = sessions(serverSide(asynchronous()))((request, response) => {
    request.session.userId = "ada";
    hasRoom.push(response.write("first "), response.write(Buffer.from(much)));
    response.once("drain", () => response.end("last"));
  });
  const response = await fetch(await serve(handler));
  expect([await response.text(), response.headers.getSetCookie().length, hasRoom]).toEqual([
    `first ${much}last`,
    1,
    [true, false],
  ]);
});

test("of two answers while the session is saved, the first is sent", async () => {
  const handler = sessions(serverSide(asynchronous()))((request, response) => {
    request.session.userId = "ada";
    response.end("first");
    response.write("more");
    response.writeHead(500).end("second");
  });
  const response = await fetch(await serve(handler));
  expect([response.status, await response.text(), response.headers.getSetCookie().length]).toEqual([200, "first", 1]);
});

test("what Node refuses to send is an error to be answered, also where it had to wait", async () => {
  const handler = sessions(serverSide(asynchronous()), {
    onError: (error, _request, response) => void response.writeHead(500).end(String(error)),
  })((request, response) => {
    request.session.userId = "ada";
    Reflect.apply(response.end, response, [123]);
  });
  const response = await fetch(await serve(handler));
  expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('"chunk" argument')]);
});

test("headers that are flushed early have the session's cookie", async () => {
  let finish = (): void => {};
  const handler = sessions(serverSide(asynchronous()))((request, response) => {
    request.session.userId = "ada";
    response.flushHeaders();
    finish = () => response.end("later");
  });
  const response = await fetch(await serve(handler));
  expect(response.headers.getSetCookie()).toHaveLength(1);
  finish();
  expect(await response.text()).toBe("later");
});

test("wrapped twice is an error that says so", async () => {
  const errors: unknown[] = [];
  const backend = serverSide();
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

test("what a handler still sends after its session could not be saved is dropped, also in a later turn", async () => {
  const afterwards: unknown[] = [];
  const handler = sessions(serverSide(), {
    onError: (_error, _request, response) => response.writeHead(503).end("sorry"),
  })(async (request, response) => {
    Object.assign(request.session, { cart: "no cart" });
    response.on("error", (error) => afterwards.push(error));
    response.writeHead(200, { "x-sent": "never" });
    await Promise.resolve();
    await Promise.resolve();
    response.end("never sent");
  });
  const response = await fetch(await serve(handler));
  expect([response.status, await response.text(), response.headers.get("x-sent")]).toEqual([503, "sorry", null]);
  expect(afterwards).toEqual([]);
});

test("the answer to a session that can't be saved has its own length", async () => {
  const withSession = sessions(serverSide(), {
    onError: (_error, _request, response) => {
      response.statusCode = 500;
      response.end("sorry, not now");
    },
  });
  const handler = withSession((request, response) => {
    Object.assign(request.session, { cart: "no cart" });
    response.setHeader("Content-Length", 3).end("tea");
  });
  const response = await openClient(await serve(handler)).get("/");
  expect([response.status, await response.text()]).toEqual([500, "sorry, not now"]);
});

test("a name that comes several times in a list of headers stays several times", async () => {
  const handler = sessions(serverSide())((request, response) => {
    request.session.cart.push("tea");
    response.setHeader("Link", "<replaced>");
    response.writeHead(200, ["Link", "<one>", "Link", "<two>", "Set-Cookie", "theme=dark"]).end();
  });
  const { headers } = await openClient(await serve(handler)).get("/");
  expect([headers.get("link"), headers.getSetCookie().length]).toEqual(["<one>, <two>", 2]);
});
