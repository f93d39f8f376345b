import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineSession, type SessionDefinition, type SessionDefinitionOptions } from "../definition.js";
import { SessionConfigError } from "../errors.js";
import { openClient, type HttpClient } from "../http-client.fixture.js";
import type { SessionDict } from "../types.js";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** What JSON alone would make `{}` of: it is stored whole only if the host gets the encoded form. */
const tagSet = z.codec(z.array(z.string()), z.set(z.string()), {
  decode: (list) => new Set(list),
  encode: (tags) => [...tags],
});

export const ShopSession = z.object({
  userId: z.string().optional(),
  cart: z.array(z.object({ sku: z.string(), quantity: z.number().int().positive() })).default([]),
  since: isoDate.optional(),
  tags: tagSet.optional(),
});
export type ShopSession = z.infer<typeof ShopSession>;
export const SignedIn = ShopSession.required({ userId: true });

type Overlay = SessionDefinition<ShopSession>;

export function define(options: Omit<SessionDefinitionOptions<typeof ShopSession>, "schema"> = {}): Overlay {
  return defineSession({ schema: ShopSession, ...options });
}

/** A route of the shop: what it does with the session, and what it answers as JSON. */
export interface HostRoute {
  readonly path: string;
  serve(connection: { session: SessionDict }): unknown;
}

/** The route that a host's framework puts behind its `requireSession(SignedIn)`. It gets the parameter `tab`. */
export const guardedRoute = {
  path: "/account/:tab" as const,
  serve: ({ userId }: z.infer<typeof SignedIn>, tab: string): unknown => [userId.toUpperCase(), tab],
};

const routes: readonly HostRoute[] = [
  {
    path: "/login",
    serve: ({ session }) => {
      session["userId"] = "ada";
      session["since"] = new Date(0);
      return "in";
    },
  },
  {
    path: "/add",
    serve: ({ session }) => {
      session["cart"] ??= [];
      session["cart"].push({ sku: "tea", quantity: 1 });
      return session["cart"].length;
    },
  },
  {
    path: "/visit",
    serve: ({ session }) => (session["visits"] = (session["visits"] ?? 0) + 1),
  },
  {
    path: "/read",
    serve: ({ session: { userId, cart, since } }) => ({
      userId,
      cart,
      since: since instanceof Date ? since.getUTCFullYear() : typeof since,
    }),
  },
  {
    path: "/tag",
    serve: ({ session }) => {
      session["tags"] ??= new Set();
      session["tags"].add(`tag ${session["tags"].size}`);
      return session["tags"].has("tag 0");
    },
  },
  { path: "/copy", serve: ({ session }) => (session["userId"] = session["user_id"]) },
  { path: "/untouched", serve: () => "untouched" },
  {
    path: "/break",
    serve: ({ session }) => {
      session["cart"] = "no cart";
      return "never sent";
    },
  },
  {
    path: "/break-and-throw",
    serve: ({ session }) => {
      session["cart"] = "no cart";
      throw new Error("thrown by the handler");
    },
  },
];

/** An application on a host. Its framework's error handler answers an error's `status`, or 500, and its name as JSON. */
export interface ServedHost {
  readonly origin: string;
  /** What the framework's error handler was given. */
  readonly errors: readonly unknown[];
}

/** A host with one storage, or one secret, that several instances of an application share. */
export interface Host {
  /** Serves an instance of the application, with the overlay or without it, and `guardedRoute` where it has it. */
  serve(routes: readonly HostRoute[], overlay: Overlay | undefined): Promise<ServedHost>;
  /** What is stored for a visitor, without the host's own keys; `undefined` where nothing is. */
  stored(cookies: ReadonlyMap<string, string>): SessionDict | undefined | Promise<SessionDict | undefined>;
  /** Puts other data in its place. */
  rewrite(cookies: Map<string, string>, data: SessionDict): void | Promise<void>;
}

/** The promises that the overlay keeps on every host, over real HTTP. */
export function describeHost(name: string, createHost: () => Host): void {
  async function open(host: Host, overlay: Overlay | undefined, cookies?: Map<string, string>) {
    const { origin, errors } = await host.serve(routes, overlay);
    const client = openClient(origin, cookies);
    return { client, errors, read: (path: string) => readJson(client, path) };
  }

  describe(`typed() on ${name}`, () => {
    test("decodes on load and encodes before the host saves; the stored format is the host's", async () => {
      const host = createHost();
      const { client, read } = await open(host, define());
      await read("/login");
      await read("/add");
      expect(await host.stored(client.cookies)).toEqual({
        userId: "ada",
        since: "1970-01-01T00:00:00.000Z",
        cart: [{ sku: "tea", quantity: 1 }],
      });
      expect(await read("/read")).toEqual({ userId: "ada", cart: [{ sku: "tea", quantity: 1 }], since: 1970 });
    });

    test("encodes by the schema's codecs, not as JSON would", async () => {
      const host = createHost();
      const { client, read } = await open(host, define());
      await read("/tag");
      expect(await read("/tag")).toBe(true);
      expect(await host.stored(client.cookies)).toEqual({ tags: ["tag 0", "tag 1"] });
    });

    test("an instance without it reads what one with it wrote, and the reverse, with one cookie", async () => {
      const host = createHost();
      const cookies = new Map<string, string>();
      const next = await open(host, define(), cookies);
      const old = await open(host, undefined, cookies);
      await next.read("/login");
      expect(await old.read("/visit")).toBe(1);
      await next.read("/add");
      await old.read("/add");
      const cart = [
        { sku: "tea", quantity: 1 },
        { sku: "tea", quantity: 1 },
      ];
      expect(await next.read("/read")).toEqual({ userId: "ada", cart, since: 1970 });
      expect(await next.read("/visit")).toBe(2);
      expect(await old.read("/visit")).toBe(3);
      expect(await old.read("/read")).toEqual({ userId: "ada", cart, since: "string" });
    });

    test("an anonymous hit stores nothing, though the schema gives the session keys", async () => {
      const host = createHost();
      const { client, read } = await open(host, define());
      expect(await read("/read")).toEqual({ cart: [], since: "undefined" });
      await read("/untouched");
      expect(await host.stored(client.cookies)).toBeUndefined();
      expect(client.cookies.size).toBe(0);
    });

    test("an unchanged session is not written, codecs or not", async () => {
      const host = createHost();
      const { client } = await open(host, define());
      await client.get("/login");
      for (const path of ["/read", "/untouched"]) {
        expect((await client.get(path)).headers.getSetCookie()).toEqual([]);
      }
    });

    test("a corrupted session is an error where the definition says so, and stays stored", async () => {
      const host = createHost();
      const { client, errors } = await open(host, define({ onInvalid: "throw" }));
      await client.get("/login");
      const corrupted = { userId: "ada", cart: [{ sku: "tea", quantity: -1 }] };
      await host.rewrite(client.cookies, corrupted);
      expect((await client.get("/read")).status).toBe(500);
      expect(errors).toEqual([
        expect.objectContaining({
          name: "SessionInvalidError",
          message: expect.stringContaining("cart[0].quantity: "),
        }),
      ]);
      expect(await host.stored(client.cookies)).toEqual(corrupted);
    });

    test("by default it is anonymous, stays while it is only read, and is replaced by the first write", async () => {
      const host = createHost();
      const { client, read } = await open(host, define());
      await client.get("/login");
      const corrupted = { userId: "ada", cart: "bad", visits: 3 };
      await host.rewrite(client.cookies, corrupted);
      expect(await read("/read")).toEqual({ cart: [], since: "undefined" });
      expect(await host.stored(client.cookies)).toEqual(corrupted);
      await read("/add");
      expect(await host.stored(client.cookies)).toEqual({ cart: [{ sku: "tea", quantity: 1 }] });
    });

    test("what `onInvalid` makes of it takes its place", async () => {
      const host = createHost();
      const onInvalid = (_error: unknown, data: SessionDict) => ({ userId: data["userId"] });
      const { client, read } = await open(host, define({ onInvalid }));
      await client.get("/login");
      await host.rewrite(client.cookies, { userId: "ada", cart: "bad" });
      expect(await read("/read")).toEqual({ userId: "ada", cart: [], since: "undefined" });
    });

    test("data of another form is upgraded, and stored in the new form with the next change", async () => {
      const host = createHost();
      const versions: number[] = [];
      const upgrade = ({ cart: _cart, user_id: userId, ...rest }: SessionDict, version: number) => {
        versions.push(version);
        return { ...rest, userId, cart: [] };
      };
      const { client, read } = await open(host, define({ upgrade }));
      await client.get("/login");
      const older = { user_id: "old", cart: "in another form", other: 1 };
      await host.rewrite(client.cookies, older);
      expect(await read("/read")).toEqual({ userId: "old", cart: [], since: "undefined" });
      expect(await host.stored(client.cookies)).toEqual(older);
      await read("/visit");
      expect(await host.stored(client.cookies)).toEqual({ userId: "old", cart: [], other: 1, visits: 1 });
      expect(new Set(versions)).toEqual(new Set([0]));
    });

    test("older data that fits as it is, is not upgraded: the host stores no version", async () => {
      const host = createHost();
      const upgrade = ({ user_id: userId, ...rest }: SessionDict) => ({ ...rest, userId });
      const { client, read } = await open(host, define({ upgrade }));
      await client.get("/login");
      await host.rewrite(client.cookies, { user_id: "old", cart: [] });
      expect(await read("/read")).toEqual({ cart: [], since: "undefined" });
      await read("/visit");
      expect(await host.stored(client.cookies)).toEqual({ user_id: "old", cart: [], visits: 1 });
    });

    test("a key that is copied under its new name is stored beside the old one", async () => {
      const host = createHost();
      const { client, read } = await open(host, define());
      await client.get("/login");
      await host.rewrite(client.cookies, { user_id: "old" });
      expect(await read("/copy")).toBe("old");
      expect(await host.stored(client.cookies)).toEqual({ user_id: "old", userId: "old" });
    });

    test("what the application writes is checked before the host saves: an error, and nothing is saved", async () => {
      const host = createHost();
      const { client, errors } = await open(host, define());
      await client.get("/login");
      const before = await host.stored(client.cookies);
      const response = await client.get("/break");
      expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining("never sent")]);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(errors).toEqual([
        expect.objectContaining({ message: expect.stringMatching(/^The changed session .*cart: /) }),
      ]);
      expect(await host.stored(client.cookies)).toEqual(before);
    });

    test("a handler's own error is the one that is reported", async () => {
      const host = createHost();
      const { client, errors } = await open(host, define());
      await client.get("/login");
      const response = await client.get("/break-and-throw");
      expect([response.status, await response.text()]).toEqual([
        500,
        expect.not.stringMatching(/SessionInvalid|changed/),
      ]);
      expect(errors).toEqual([expect.objectContaining({ message: "thrown by the handler" })]);
      expect(await host.stored(client.cookies)).toMatchObject({ userId: "ada" });
    });

    test("requireSession narrows for its handler and answers 401 to others", async () => {
      const { client, read } = await open(createHost(), define());
      expect((await client.get("/account/orders")).status).toBe(401);
      await read("/login");
      expect(await read("/account/orders")).toEqual(["ADA", "orders"]);
    });
  });
}

/** What every host's `typed` refuses at start-up. */
export function describeRefusals(typed: (source: never) => unknown): void {
  test.each([
    ["a schema that rejects {}", z.object({ userId: z.string() }), "every visitor's session begins empty"],
    ["a class", class Shop {}, "got a class"],
    ["no schema", { parse: () => ({}) }, "describes no session"],
    ["nothing", undefined, "look for a circular import"],
  ])("typed() refuses %s", (_name, source, problem) => {
    expect(() => typed(source as never)).toThrow(SessionConfigError);
    expect(() => typed(source as never)).toThrow(problem);
  });
}

async function readJson(client: HttpClient, path: string): Promise<unknown> {
  const response = await client.get(path);
  return response.json();
}
