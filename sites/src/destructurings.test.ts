import { describe, expect, test } from "vitest";
import { findSites } from "./find-sites.js";
import { readers } from "./plain-sites.fixture.js";
import { parseTypescript } from "./trees/parse-typescript.js";

describe.each(Object.entries(readers))("on the tree of %s", (_name, findings) => {
  test.each([
    ["const { session } = req;", "session", "req"],
    ["let { session: s } = ctx.req!;", "session: s", "ctx.req"],
    ["const { body, session = {} } = host?.getRequest();", "session = {}", "host?.getRequest()"],
    ["var { 'session': s, ...rest } = (request);", "'session': s", "request"],
    ["const { ['session']: s } = req;", "['session']: s", "req"],
    ['import Koa from "koa";\nconst { session } = ctx;', "session", "ctx"],
    ["for (let { session } = req; ;) {}", "session", "req"],
    ["function f({ session }: Request) {}", "session", "{ session }"],
    ["function f(id: string, { session }: express.Request = req) {}", "session", "{ session }"],
    ["({ session, body }: Request<Params>, res) => body", "session", "{ session, body }"],
    ["({ session }: (AppReq)) => 1", "session", "{ session }"],
    ["class A { m({ session: s }: Request) {} }", "session: s", "{ session: s }"],
    ["class A { constructor({ session } : Req) {} }", "session", "{ session }"],
    ["class A { set user({ session }: Request) {} }", "session", "{ session }"],
    ["const { req: { session } } = context;", "session", "{ session }"],
    ["({ req: { session: s } }) => s", "session: s", "{ session: s }"],
    ["class A { save(input: Input, { ctx: { request: { session } } }: Resolve) {} }", "session", "{ session }"],
    ["router.post('/', ({ session, body }, res) => res.json(body));", "session", "{ session, body }"],
    ["app.get('/', ({ session }, reply) => reply.send(session));", "session", "{ session }"],
    ["app.get('/', ({ session }, response) => response.json(session));", "session", "{ session }"],
    ["app.get('/', function ({ session: s }, _response, next) {});", "session: s", "{ session: s }"],
    ["({ m({ session }: FastifyRequest<{ Body: A }>) {} })", "session", "{ session }"],
  ])("%s takes a session out", (text, session, request) => {
    const disguises: readonly string[] = [];
    expect(findings(text).sites).toMatchObject([{ form: "destructured", session, outer: session, request, disguises }]);
  });

  test.each([
    ["const { session: { userId } } = req;", "userId"],
    ["const { session: { 'user-id': id } = {} } = req;", "user-id"],
    ["({ session: { user: { name } } }: Request) => name", "user"],
    ["const { session: { [key]: value } } = req;", undefined],
    ["const { session: { a, b } } = req;", undefined],
    ["const { session: { a, ...rest } } = req;", undefined],
    ["const { session: { ...rest } } = req;", undefined],
    ["const { session: [first] } = req;", undefined],
    ["const { session: s } = req;", undefined],
  ])("the one key that %s takes out of it is known", (text, key) => {
    const keys = findings(text).sites.map((site) => site.key);
    expect(keys).toEqual([key]);
  });

  test.each([
    "const { session } = stripe;",
    "const { session } = await getServerSession();",
    "const { data: session } = req;",
    "const { [session]: s } = req;",
    "const { session };",
    "const [session] = req;",
    "const { ...session } = req;",
    "const { body: { session } } = req;",
    "const { payment: { session } } = context;",
    "const { req: { body: { session } } } = context;",
    "const { [req]: { session } } = context;",
    "({ session }) => session",
    "({ session }: any) => session",
    "({ session }: any, res) => session",
    "({ session }, { res }) => session",
    "({ session }, result) => session",
    "(res, { session }) => session",
    "({ session }: Context) => session",
    "({ session }: Requests) => session",
    "({ session }: Promise<Request>) => session",
    "({ session }: Message | Request) => session",
    "({ session }: Props<express.Request>) => session",
    "({ session }: Request & { session: any }) => session",
    "({ session }: Request['body']) => session",
    "({ context: { req } }) => req // session",
    "([{ session }]: Request) => session",
    "type Handler = ({ session }: Request) => void;",
    "declare function f({ session }: Request): void;",
    "interface A { m({ session }: Request): void }",
    "abstract class A { abstract m({ session }: Request): void }",
  ])("%s takes none", (text) => {
    expect(findings(text).sites).toEqual([]);
  });

  test.each([
    ["const { session } = req as any;", "request-cast any: req as any"],
    ["const { session: s } = <AppRequest>(ctx.req);", "request-cast AppRequest: <AppRequest>(ctx.req)"],
    ["const { session } = (req as unknown as (Shop))!;", "request-cast Shop: req as unknown as (Shop)"],
    ["// @ts-ignore\nconst { session } = req;", "ts-ignore"],
    ["const {\n  // @ts-ignore\n  session: {\n    a,\n  },\n} = req;", "ts-ignore"],
    ["const {\n  session: {\n    a,\n    // @ts-expect-error\n    b,\n  },\n} = req;", "ts-expect-error"],
    ["// @ts-ignore\nfunction f({ session }: Request) {}", "ts-ignore"],
  ])("%s hides its type once", (text, disguise) => {
    expect(findings(text).sites.flatMap(({ disguises }) => disguises)).toEqual([disguise]);
  });

  test("one cast hides one session, if two are taken out", () => {
    const { sites } = findings("const { session, session: { cart } } = req as any;");
    expect(sites.map(({ disguises }) => disguises)).toEqual([["request-cast any: req as any"], []]);
  });

  test("sessions that are read and taken out come in source order", () => {
    const { sites } = findings("const { session, a = req.session.b } = req;\nreq.session.c;");
    expect(sites.map(({ session }) => session)).toEqual(["session", "req.session", "req.session"]);
  });
});

test("a caller that knows types decides which parameters are requests", () => {
  const tree = parseTypescript("({ session }: Request) => 1; ({ session: s }: Context) => 2;");
  const isRequest = () => true;
  expect(findSites(tree, { isRequest }).map(({ session }) => session.getText())).toEqual(["session", "session: s"]);
  expect(findSites(tree, { isRequest: () => false })).toEqual([]);
  const nested = parseTypescript("({ req: { session } }) => 1;");
  expect(findSites(nested, { isRequest: () => false })).toEqual([]);
});
