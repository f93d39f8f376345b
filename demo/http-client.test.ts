import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createVisitor, keepCookie, send } from "./http-client.mjs";

describe("the cookies of a visitor", () => {
  test("keep the value as it was sent, up to the first semicolon", () => {
    const cookies = new Map<string, string>();
    keepCookie(cookies, "sid=s%3Aa.b=; Path=/; HttpOnly");
    expect([...cookies]).toEqual([["sid", "s%3Aa.b="]]);
  });

  test.each([
    "sid=; Max-Age=0",
    "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT",
  ])("are dropped by %s", (header) => {
    const cookies = new Map([["sid", "old"]]);
    keepCookie(cookies, header);
    expect(cookies.size).toBe(0);
  });

  test("stay where Max-Age contradicts an old Expires", () => {
    const cookies = new Map<string, string>();
    keepCookie(cookies, "sid=new; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60");
    expect(cookies.get("sid")).toBe("new");
  });

  test("a header without a name is refused", () => {
    expect(() => keepCookie(new Map(), "=value")).toThrow("Set-Cookie header without a name: =value");
  });
});

describe("a request", () => {
  const closers: (() => void)[] = [];
  afterEach(() => closers.splice(0).forEach((close) => close()));

  async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
    const server = createServer(answer);
    closers.push(() => server.close());
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }

  test("sends back what every Set-Cookie header of the last answer set", async () => {
    const url = await serve((request, response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]).end(request.headers.cookie ?? "none");
    });
    const visitor = createVisitor();
    expect((await send(visitor, "GET", url)).text).toBe("none");
    expect((await send(visitor, "GET", url)).text).toBe("a=1; b=2");
  });

  test("reads the body as JSON only where the server says so", async () => {
    const url = await serve((request, response) => {
      if (request.method === "POST") response.setHeader("content-type", "application/json; charset=utf-8");
      response.end("[1]");
    });
    expect((await send(createVisitor(), "POST", url, {})).body).toEqual([1]);
    expect((await send(createVisitor(), "GET", url)).body).toBeUndefined();
  });
});
