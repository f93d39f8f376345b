import { describe, expect, test } from "vitest";
import { findSites } from "./find-sites.js";
import { readers } from "./plain-sites.fixture.js";
import { parseTypescript } from "./trees/parse-typescript.js";

const koa = 'import Koa from "koa";\n';
const cast = 'import { cast } from "typed-session";\n';
const iron = 'import { getIronSession } from "iron-session";\n';
const ignored = "// @ts-ignore\n";

describe.each(Object.entries(readers))("on the tree of %s", (_name, findings) => {
  const disguisesIn = (text: string) => findings(text).sites.flatMap(({ disguises }) => disguises);

  test.each([
    ["req.session.userId", "req.session", "userId"],
    ["request.session", "request.session", undefined],
    ["_req.session.a.b", "_req.session", "a"],
    ["expressReq.session[key]", "expressReq.session", undefined],
    ["httpRequest.session['user-id']", "httpRequest.session", "user-id"],
    ["req['session'].userId", "req['session']", "userId"],
    ["req?.session?.userId", "req?.session", "userId"],
    ["ctx.req.session.userId", "ctx.req.session", "userId"],
    ["this.request.session!.userId", "this.request.session", "userId"],
    ["host.getRequest().session.userId", "host.getRequest().session", "userId"],
    ["delete req.session.userId", "req.session", "userId"],
    ["f({ session: req.session })", "req.session", undefined],
    ["@use(req.session) export class A {}", "req.session", undefined],
    ["class A { f(@use(req.session) a) {} }", "req.session", undefined],
    ["const f = (a: typeof req.body = req.session) => a;", "req.session", undefined],
    [`${koa}ctx.session.views`, "ctx.session", "views"],
    ['import Koa = require("koa");\nctx.session.views', "ctx.session", "views"],
    ['import session from "koa-session";\nctx.session.views', "ctx.session", "views"],
    ['import Router from "@koa/router";\ncontext.session.views', "context.session", "views"],
    ['import { sessions } from "typed-session/koa";\nctx.session.views', "ctx.session", "views"],
    [`${iron}const s = await getIronSession<any>(req, res, o);`, "await getIronSession<any>(req, res, o)", undefined],
    [`${iron}(await getIronSession<any>(req, res, o)).userId`, "await getIronSession<any>(req, res, o)", "userId"],
    [`${iron}const { userId } = await getIronSession(jar, o);`, "await getIronSession(jar, o)", undefined],
    [`${iron}getIronSession<any>(jar, o).then(f);`, "getIronSession<any>(jar, o)", undefined],
    [
      'import { getIronSession as open } from "iron-session/edge";\nconst s = await open<any>(jar, o);',
      "await open<any>(jar, o)",
      undefined,
    ],
    [
      'import * as iron from "iron-session";\nconst s = await iron.getIronSession<any>(jar, o);',
      "await iron.getIronSession<any>(jar, o)",
      undefined,
    ],
  ])("%s is a session", (text, session, key) => {
    expect(findings(text).sites).toMatchObject([{ session, key, disguises: [] }]);
  });

  test.each([
    "stripe.checkout.session.id",
    "ctx.session.user",
    "event.session.id",
    "session.userId",
    "next.session",
    "requirement.session",
    "req.sessionStore.get(id)",
    "req.session_id",
    'const text = "req.session.userId";',
    "// req.session.userId",
    "type T = Request['session'];",
    "const session = await getIronSession<any>(req, res, o);",
    'import { getIronSession } from "./session";\nconst session = await getIronSession<any>(req, res, o);',
    `${iron}const session = await auth.getIronSession<any>(req, res, o);`,
    `${iron}const session = await unseal<any>(seal, o);`,
    'import { unsealData } from "iron-session";\nconst session = await unsealData<any>(seal, o);',
    "x.getRequestOf(y).session",
  ])("%s is none", (text) => {
    expect(findings(text).sites).toEqual([]);
  });

  test.each([
    ["(req.session as any).userId", "session-cast any: req.session as any"],
    ["(<Shop>req.session).cart", "session-cast Shop: <Shop>req.session"],
    ["(req.session as unknown as Shop).cart", "session-cast Shop: req.session as unknown as Shop"],
    ["((req.session! as unknown) as Shop)!.cart", "session-cast Shop: (req.session! as unknown) as Shop"],
    ["(req.session as Session & { a: 1 }).a", "session-cast Session & { a: 1 }: req.session as Session & { a: 1 }"],
    ["(req as any).session.userId", "request-cast any: req as any"],
    ["(<any>req).session.userId", "request-cast any: <any>req"],
    ["(req as unknown as R)!.session", "request-cast R: req as unknown as R"],
    [
      `${iron}const s = (await getIronSession<Shop>(jar, o)) as any;`,
      "session-cast any: (await getIronSession<Shop>(jar, o)) as any",
    ],
    [`${cast}cast(Shop, request.session).cart`, "cast-call Shop: cast(Shop, request.session)"],
    [`${ignored}req.session.userId = 1`, "ts-ignore"],
    ["/* @ts-expect-error */\nreq.session.userId = 1", "ts-expect-error"],
    [`${ignored}\n// and so on\nreq.session.userId = 1`, "ts-ignore"],
    ["if (\n// @ts-ignore\nreq.session.userId) {}", "ts-ignore"],
  ])("%s hides its type once", (text, disguise) => {
    expect(disguisesIn(text)).toEqual([disguise]);
  });

  test("disguises of one site are listed in source order of kinds: comment, request, session, call", () => {
    const text = `${cast}// @ts-ignore\ncast(Shop, (req as any).session as Shop).cart;`;
    expect(disguisesIn(text)).toEqual([
      "ts-ignore",
      "request-cast any: req as any",
      "session-cast Shop: (req as any).session as Shop",
      "cast-call Shop: cast(Shop, (req as any).session as Shop)",
    ]);
  });

  test.each([
    ["cast(Shop, request.session).cart", "cast that is not ours"],
    [`${cast}cast(request.session, Shop)`, "the session in the place of the type"],
    [`${cast}other.cast(Shop, request.session)`, "a method of that name"],
    ["(req.session.user as User).name", "a cast of a value"],
    ["req.session!.userId", "an assertion that it is there"],
    ["req.session satisfies object", "a check"],
    [`${cast}cast?.(Shop, request.session).cart`, "a call that may not take place"],
    [`${ignored}\nfoo();\nreq.session.userId = 1`, "a comment above other code"],
    ["/* @ts-ignore\n   is what was here */\nreq.session.userId = 1", "the directive on another line than the last"],
    ["// says @ts-ignore in passing\nreq.session.userId = 1", "the directive in a sentence"],
  ])("%s hides nothing: %s", (text) => {
    expect(disguisesIn(text)).toEqual([]);
  });

  test("a comment belongs to the first site of its line", () => {
    const { sites } = findings(`${ignored}req.session.a = req.session.b;`);
    expect(sites.map(({ disguises }) => disguises)).toEqual([["ts-ignore"], []]);
  });

  test("cast is known by its local name", () => {
    const text = 'import { cast as typed } from "typed-session";\ntyped(Shop, req.session);';
    expect(disguisesIn(text)).toEqual(["cast-call Shop: typed(Shop, req.session)"]);
  });
});

test("a caller that knows types decides what a request is", () => {
  const tree = parseTypescript("a.session; req.session;");
  const isRequest = (node: object) => ("text" in node ? node.text === "a" : undefined);
  expect(findSites(tree, { isRequest }).map(({ request }) => request.getText())).toEqual(["a"]);
});

test("a file that doesn't say session is not walked", () => {
  const tree = { ...parseTypescript("req.cookies"), children: () => expect.fail("walked") };
  expect(findSites(tree)).toEqual([]);
});

test("a part of a file that doesn't say session is not walked", () => {
  const plain = "function plain() { return a.b(c, [d]); }\n";
  const walked = (text: string) => {
    const tree = parseTypescript(text);
    let count = 0;
    const children = (node: Parameters<typeof tree.children>[0]) => {
      count += 1;
      return tree.children(node);
    };
    expect(findSites({ ...tree, children })).toHaveLength(1);
    return count;
  };
  const site = "function f() { return req.session.id; }\n";
  expect(walked(plain.repeat(100) + site + plain.repeat(100))).toBe(walked(site));
});
