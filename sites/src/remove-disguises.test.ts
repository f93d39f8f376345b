import { describe, expect, test } from "vitest";
import { readers } from "./plain-sites.fixture.js";

const cast = 'import { cast } from "typed-session";\n';

describe.each(Object.entries(readers))("on the tree of %s", (_name, findings) => {
  test.each([
    ["(req.session as any).userId", "req.session.userId"],
    ["const s = req.session as any;", "const s = req.session;"],
    ["(<Shop>req.session).cart", "req.session.cart"],
    ["(<Shop>(req.session)).cart", "(req.session).cart"],
    ["((req.session as unknown) as Shop).cart", "req.session.cart"],
    ["((req.session as any)).cart", "req.session.cart"],
    ["(<Shop><unknown>req.session).cart", "req.session.cart"],
    ["(req as any).session.userId", "req.session.userId"],
    ["((req as any).session as any).userId", "req.session.userId"],
    ["(req.session as any)?.user?.name", "req.session?.user?.name"],
    ["(req.session as any)['user'].name", "req.session['user'].name"],
    ["delete (req.session as any).cart", "delete req.session.cart"],
    ["(req.session! as any).cart", "req.session!.cart"],
    ["(req.session as any)!.cart", "req.session!.cart"],
    ["(req.session as { cart?: { sku: string }[] }).cart", "req.session.cart"],
    ["(req.session as any).count++", "req.session.count++"],
    ["save(req.session as any, done)", "save(req.session, done)"],
    ["`${(req.session as any).name}`", "`${req.session.name}`"],
    ["const { session } = req as any;", "const { session } = req;"],
    ["const { session: s } = (<AppRequest>ctx?.req)!;", "const { session: s } = ctx?.req!;"],
    ["const { session, session: { cart } } = (req as any);", "const { session, session: { cart } } = req;"],
    ["f();\n// @ts-ignore\nconst { session } = req;", "f();\nconst { session } = req;"],
  ])("%s", (text, plain) => {
    expect(findings(text).plain).toBe(plain);
  });

  describe("keeps the parentheses that mean something", () => {
    test.each([
      ["(req?.session as any).x", "(req?.session).x"],
      ["(req?.session as any)[0]", "(req?.session)[0]"],
      ["(req?.session as any)!.x", "(req?.session)!.x"],
      ["(req?.session as any)()", "(req?.session)()"],
      ["(req?.session as any)`x`", "(req?.session)`x`"],
      ["new (req?.session as any)()", "new (req?.session)()"],
      ["((req?.session as any) as Shop).x", "(req?.session).x"],
      ["(<any>(req?.session)).x", "(req?.session).x"],
      ["((req as any)?.session as any).x", "(req?.session).x"],
      ["((ctx?.req as any)?.session as any).x", "(ctx?.req?.session).x"],
      ["(ctx?.req as any).session", "(ctx?.req).session"],
      ["((ctx?.req as any).session as any).x", "(ctx?.req).session.x"],
      ["new (a.getRequest().session as any).Kind()", "new (a.getRequest().session).Kind()"],
      ["new /* why */ (a.getRequest().session as any)()", "new /* why */ (a.getRequest().session)()"],
      ["((req.session) as any).x", "(req.session).x"],
    ])("%s", (text, plain) => {
      expect(findings(text).plain).toBe(plain);
    });

    test.each([
      ["f((req?.session as any))", "f(req?.session)"],
      ["const s = (req?.session as any);", "const s = req?.session;"],
      ["(req?.session as any)?.x", "req?.session?.x"],
      ["new (req.session as any).Kind()", "new req.session.Kind()"],
      ["renew(a.getRequest().session as any).x", "renew(a.getRequest().session).x"],
    ])("and no others: %s", (text, plain) => {
      expect(findings(text).plain).toBe(plain);
    });
  });

  describe("keeps apart what the cast kept apart", () => {
    test.each([
      ["function f() { return(req.session as any).x }", "function f() { return req.session.x }"],
      ["typeof<any>req.session", "typeof req.session"],
      ["'x'in(req.session as any)", "'x'in req.session"],
      ["(req.session as any)in x", "req.session in x"],
      ["(req.session! as any)=== x", "req.session! === x"],
      ["return_(\n  req.session as any\n)", "return_(\n  req.session\n)"],
      ["function f() { return (\n  req.session as any\n).x }", "function f() { return req.session.x }"],
    ])("%s", (text, plain) => {
      expect(findings(text).plain).toBe(plain);
    });
  });

  describe("keeps comments", () => {
    test.each([
      ["(req.session /* set at login */ as any).userId", "req.session /* set at login */.userId"],
      ["(req.session as /* for now */ any).userId", "req.session /* for now */.userId"],
      ["f(<any /* for now */>req.session)", "f( /* for now */req.session)"],
      ["(req.session as { /* the user */ id: string }).id", "req.session /* the user */.id"],
      ["(req.session as any) /* why */ .x", "req.session /* why */ .x"],
    ])("%s", (text, plain) => {
      expect(findings(text).plain).toBe(plain);
    });

    test.each([
      ["a line comment in the cast", "(req.session as // why\n any).userId"],
      ["a comment of several lines", "(req.session as /* why\n */ any).userId"],
      ["a comment in front, which could end a return", "return_((/* why */ req.session as any).userId)"],
      ["a comment beside an optional chain", `${cast}cast(Shop /* why */, req?.session).x`],
      ["a directive with more to say", "/* why\n @ts-ignore */\nreq.session.x"],
    ])("and leaves what it can't write without them: %s", (_why, text) => {
      expect(findings(text).plain).toBe(text);
    });
  });

  describe("cast() becomes its session", () => {
    test.each([
      ["cast(Shop, request.session).cart", "request.session.cart"],
      ["cast<Shop>(Shop, request.session,)", "request.session"],
      ["cast(\n  Shop,\n  request.session,\n).cart", "request.session.cart"],
      ["cast(Shop, request?.session).cart", "(request?.session).cart"],
      ["cast(Shop, request?.session as any).cart", "(request?.session).cart"],
      ["cast(Shop, (request as any).session as any)", "request.session"],
      ["cast(Other, cast(Shop, request.session)).cart", "request.session.cart"],
    ])("%s", (text, plain) => {
      expect(findings(cast + text).plain).toBe(cast + plain);
    });
  });

  describe("a directive goes with its line, or alone", () => {
    test.each([
      ["f();\n  // @ts-ignore\n  req.session.x = 1;\n", "f();\n  req.session.x = 1;\n"],
      ["f();\r\n\t// @ts-ignore: no type\r\n\treq.session.x = 1;\r\n", "f();\r\n\treq.session.x = 1;\r\n"],
      ["f(); // @ts-ignore\nreq.session.x = 1;", "f();\nreq.session.x = 1;"],
      ["/* @ts-expect-error */ f(\nreq.session.x);", "f(\nreq.session.x);"],
    ])("%j", (text, plain) => {
      expect(findings(text).plain).toBe(plain);
    });
  });
});
