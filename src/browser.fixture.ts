import { parseSetCookie } from "cookie";
import type { SessionHeaders } from "./commit-session.js";
import { SessionMiddleware } from "./middleware.js";
import { Request } from "./request.js";
import type { BaseSessionBackend } from "./backends/index.js";
import type { Layer, Scope } from "./scope.js";
import type { MaybePromise } from "./types.js";

/** A browser for tests: it keeps the cookies that the middleware sets, and sends them back. */
export interface Browser<TSession> {
  /** Makes one request; `serve` is the application. */
  visit<T>(serve: (request: Request<unknown, unknown, object, TSession>) => MaybePromise<T>): Promise<Visit<T>>;
  /** The cookies by name. */
  readonly cookies: Map<string, string>;
}

export interface Visit<T> {
  readonly result: T;
  readonly headers: SessionHeaders;
  readonly setCookies: readonly string[];
}

export function openBrowser<TSession>(
  backend: BaseSessionBackend<TSession>,
  {
    layer,
    path = "/",
    cookies = new Map<string, string>(),
  }: { layer?: Layer; path?: string; cookies?: Map<string, string> } = {},
): Browser<TSession> {
  const middleware = new SessionMiddleware(backend);
  return {
    cookies,
    visit: async (serve) => {
      const scope = { ...httpScope(cookies, path), layer };
      const request = new Request<unknown, unknown, object, TSession>(scope);
      const { result, headers } = await middleware.handle(scope, () => serve(request));
      const setCookies = headers.filter(([name]) => name === "Set-Cookie").map(([, value]) => value);
      for (const each of setCookies) keep(cookies, each);
      return { result, headers, setCookies };
    },
  };
}

export function httpScope(cookies: ReadonlyMap<string, string>, path = "/"): Scope {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return { type: "http", method: "GET", path, headers: { cookie: cookie === "" ? undefined : cookie } };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const { name, value = "", maxAge } = parseSetCookie(setCookie);
  if (maxAge === 0) cookies.delete(name);
  else cookies.set(name, value);
}
