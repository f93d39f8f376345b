import { parseSetCookie } from "cookie";

/** What a server answered. */
export interface Answer {
  readonly status: number;
  /** The body, read as JSON where it is JSON. */
  readonly body: unknown;
  readonly setCookies: readonly string[];
}

/** A visitor with a cookie jar, as browsers have one. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
}

export function createVisitor(origin: string, cookies: Iterable<[string, string]> = []): Visitor {
  const jar = new Map(cookies);

  async function send(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = new Headers({ accept: "application/json" });
    if (jar.size > 0) headers.set("cookie", [...jar].map((pair) => pair.join("=")).join("; "));
    if (body !== undefined) headers.set("content-type", "application/json");
    const response = await fetch(origin + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      redirect: "manual",
    });
    const setCookies = response.headers.getSetCookie();
    for (const setCookie of setCookies) keep(setCookie);
    return { status: response.status, body: parse(await response.text()), setCookies };
  }

  function keep(setCookie: string): void {
    const { name, value = "", maxAge } = parseSetCookie(setCookie);
    if (maxAge === 0) jar.delete(name);
    else jar.set(name, value);
  }

  return { cookies: jar, get: (path) => send("GET", path), post: (path, body) => send("POST", path, body) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
