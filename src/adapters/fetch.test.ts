import { getRequestListener } from "@hono/node-server";
import { parseSetCookie } from "cookie";
import { expect, test } from "vitest";
import { z } from "zod";
import { ServerSideSessionBackend } from "../backends/index.js";
import { SessionConfigError } from "../errors.js";
import { serve } from "../http-client.fixture.js";
import { MemoryStore, withNamespace, type Store } from "../stores/index.js";
import { describeAdapter, guardedRoute, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions, type Request as SessionRequest } from "./fetch.js";

const AppSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.string()).default([]),
  since: z
    .codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })
    .optional(),
});
type AppSession = z.infer<typeof AppSession>;

function asynchronous(inner: Store = new MemoryStore()): Store {
  return {
    ...withNamespace(inner, ""),
    get: async (key) => inner.get(key),
    set: async (...parameters) => inner.set(...parameters),
  };
}

/** A browser of one origin, for a handler as platforms call it. */
function openClient(handler: (request: Request) => Promise<Response>, cookies = new Map<string, string>()) {
  return {
    cookies,
    get: async (path: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await handler(new Request(`https://shop.example${path}`, { headers: cookie ? { cookie } : {} }));
      for (const setCookie of response.headers.getSetCookie()) {
        const { name, value = "", maxAge } = parseSetCookie(setCookie);
        if (maxAge === 0) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  };
}

describeAdapter("fetch handlers", async (routes, backend, options) => {
  const errors: unknown[] = [];
  const withSession = sessions(backend, options);
  const served = new Map<string, (request: Request) => Promise<Response>>();
  for (const { path, serve } of routes) {
    const answer = withSession(async (request) => {
      const { status, headers, body } = await serve(request);
      return new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) });
    });
    served.set(path, answer);
  }
  const account = withSession(
    requireSession(
      SignedIn,
      async (request) =>
        new Response(await guardedRoute.serve(request, new URL(request.url).pathname.split("/").at(-1) ?? "")),
    ),
  );
  const listener = getRequestListener(async (request) => {
    try {
      return await (served.get(new URL(request.url).pathname) ?? account)(request);
    } catch (error) {
      errors.push(error);
      return new Response("sorry", { status: 500 });
    }
  });
  return { origin: await serve(listener), errors };
});

const backend = () => new ServerSideSessionBackend({ store: asynchronous(), session: AppSession });

test("headers of the application stay, several cookies several", async () => {
  const handler = sessions(backend())((request) => {
    request.session.userId = "ada";
    const response = new Response("ok", {
      status: 201,
      statusText: "Made",
      headers: { "cache-control": "public, max-age=60" },
    });
    response.headers.append("set-cookie", "a=1");
    response.headers.append("set-cookie", "b=2");
    response.headers.set("vary", "Accept");
    return response;
  });
  const response = await handler(new Request("https://shop.example/"));
  expect([response.status, response.statusText, await response.text()]).toEqual([201, "Made", "ok"]);
  expect(response.headers.getSetCookie().map((each) => parseSetCookie(each).name)).toEqual(["a", "b", "session"]);
  expect(response.headers.get("cache-control")).toBe("private, max-age=60");
  expect(response.headers.get("vary")).toBe("Accept, Cookie");
});

test("what a platform gives besides the request reaches the handler, with its type", async () => {
  interface RouteContext {
    readonly params: { readonly id: string };
  }
  const handler = sessions(backend())((request, { params }: RouteContext) => {
    request.session.cart.push(params.id);
    return Response.json(request.session.cart);
  });
  const guarded = sessions(backend())(
    requireSession(SignedIn, (_request, context: RouteContext) => new Response(context.params.id)),
  );
  expect(await (await handler(new Request("https://a.example/"), { params: { id: "tea" } })).json()).toEqual(["tea"]);
  expect((await guarded(new Request("https://a.example/"), { params: { id: "7" } })).status).toBe(401);
  // @ts-expect-error the platform's context is required
  void (() => handler(new Request("https://a.example/")));
});

test("a platform's own kind of request stays what it is", async () => {
  class PlatformRequest extends Request {
    readonly nextUrl = "own";
  }
  const handler = sessions(backend())((request: PlatformRequest & SessionRequest<AppSession>) => {
    request.session.userId = request.nextUrl;
    return new Response(request.session.userId);
  });
  expect(await (await handler(new PlatformRequest("https://a.example/"))).text()).toBe("own");
});

test("the session is typed, and a guard narrows it", () => {
  sessions(backend())((request) => {
    // @ts-expect-error the session has no such key
    void request.session.missing;
    // @ts-expect-error it may be undefined without the guard
    void request.session.userId.length;
    return new Response();
  });
});

test("excluded paths have no session", async () => {
  const excluding = new ServerSideSessionBackend({
    store: new MemoryStore(),
    session: AppSession,
    exclude: "^/static",
  });
  const handler = sessions(excluding)((request) => new Response(String("session" in request)));
  expect(await (await handler(new Request("https://a.example/static/x"))).text()).toBe("false");
});

test("with `load: on-demand` a handler that does not ask costs no store operation", async () => {
  let reads = 0;
  const inner = asynchronous();
  const store: Store = {
    ...inner,
    get: (key) => {
      reads += 1;
      return inner.get(key);
    },
  };
  const onDemand = sessions(new ServerSideSessionBackend({ store, session: AppSession }), { load: "on-demand" });
  const client = openClient(
    onDemand(async (request) => {
      if (request.url.endsWith("/untouched")) return new Response("untouched");
      const session = await request.loadSession();
      session.userId = "ada";
      return new Response("in");
    }),
  );
  await client.get("/login");
  await client.get("/untouched");
  expect(reads).toBe(0);
  await client.get("/again");
  expect(reads).toBe(1);
});

test("wrapped twice is an error that says so", async () => {
  const withSession = sessions(backend());
  const handler = withSession(withSession(() => new Response()));
  await expect(handler(new Request("https://a.example/"))).rejects.toThrow(SessionConfigError);
  await expect(handler(new Request("https://a.example/"))).rejects.toThrow("Wrap each handler once");
});

test("requireSession without sessions says what to do", async () => {
  const handler = requireSession(SignedIn, () => new Response());
  await expect(handler(new Request("https://a.example/"))).rejects.toThrow(
    "put the session middleware before the routes",
  );
});
