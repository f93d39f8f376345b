import type { IncomingMessage, ServerResponse } from "node:http";
import { getIronSession, sealData, unsealData } from "iron-session";
import { expect, test } from "vitest";
import { SessionRequiredError } from "../errors.js";
import { serve } from "../http-client.fixture.js";
import type { SessionDict } from "../types.js";
import {
  define,
  describeHost,
  describeRefusals,
  guardedRoute,
  SignedIn,
  type Host,
  type HostRoute,
} from "./host-conformance.fixture.js";
import { requireSession, typed, type IronSessionMembers } from "./iron-session.js";

const password = "a password of more than 32 characters";
const cookieName = "shop";
const options = { password, cookieName, cookieOptions: { secure: false } };

/** iron-session saves when it is told to: here, on every route but those that only read. */
const readOnly = ["/read", "/untouched"];

const host: Host = {
  serve: async (routes, overlay) => {
    const errors: unknown[] = [];
    const listener = async (request: IncomingMessage, response: ServerResponse) => {
      try {
        const host = await getIronSession<SessionDict>(request, response, options);
        const body = await answer(routes, request.url ?? "", overlay === undefined ? host : typed(overlay)(host));
        response.end(JSON.stringify(body));
      } catch (error) {
        errors.push(error);
        response.statusCode = error instanceof SessionRequiredError ? error.status : 500;
        response.end(JSON.stringify(String(error)));
      }
    };
    return { origin: await serve(listener), errors };
  },
  stored: async (cookies) => {
    const seal = cookies.get(cookieName);
    return seal === undefined ? undefined : unsealData<SessionDict>(decodeURIComponent(seal), { password });
  },
  rewrite: async (cookies, data) => void cookies.set(cookieName, await sealData(data, { password })),
};

type Session = SessionDict & IronSessionMembers;

async function answer(routes: readonly HostRoute[], path: string, session: Session): Promise<unknown> {
  const route = routes.find((each) => each.path === path);
  if (route === undefined) return guardedRoute.serve(requireSession(SignedIn, session), path.split("/").at(-1) ?? "");
  const body = route.serve({ session });
  if (!readOnly.includes(path)) await session.save();
  return body;
}

describeHost("iron-session", () => host);
describeRefusals(typed);

/** Cookies as `cookies()` of Next gives them. */
function createCookieStore() {
  const values = new Map<string, string>();
  return {
    values,
    get: (name: string) => {
      const value = values.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string | { name: string; value: string }, value?: string) => {
      if (typeof name === "string") values.set(name, value ?? "");
    },
  };
}

async function openIn(cookies: ReturnType<typeof createCookieStore>) {
  return typed(define())(await getIronSession<SessionDict>(cookies, options));
}

test("with a cookie store: save, what changes after an unawaited save, destroy", async () => {
  const cookies = createCookieStore();
  const session = await openIn(cookies);
  session.since = new Date(0);
  const saving = session.save();
  expect(session.since.getUTCFullYear()).toBe(1970);
  session.userId = "later";
  await saving;
  expect(await unsealData(cookies.values.get(cookieName) ?? "", { password })).toEqual({
    since: "1970-01-01T00:00:00.000Z",
  });
  await session.save();
  const again = await openIn(cookies);
  expect({ ...again }).toEqual({ userId: "later", since: new Date(0), cart: [] });
  again.destroy();
  expect({ ...again }).toEqual({});
  expect(cookies.values.get(cookieName)).toBe("");
});

test("updateConfig is the host's", async () => {
  const cookies = createCookieStore();
  const session = await openIn(cookies);
  session.updateConfig({ ...options, cookieName: "renamed" });
  await session.save();
  expect([...cookies.values.keys()]).toEqual(["renamed"]);
});

test("what is no session of iron-session's is refused with what to do", async () => {
  const open = typed(define());
  const pending = getIronSession<SessionDict>(createCookieStore(), options);
  expect(() => open(pending as never)).toThrow("got a promise for a session. Await getIronSession() first.");
  expect(() => open({} as never)).toThrow("got an object for a session. Give it what getIronSession() returned.");
});
