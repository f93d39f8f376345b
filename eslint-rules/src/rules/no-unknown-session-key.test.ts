import { typedTester, untypedTester } from "../rule-tester.fixture.js";
import { noUnknownSessionKey } from "./no-unknown-session-key.js";

const options: [{ keys: string[] }] = [{ keys: ["userId", "cart"] }];
const lodash = 'import _ from "lodash";\n';

untypedTester().run("no-unknown-session-key, without types", noUnknownSessionKey, {
  valid: [
    // Without types, somebody has to say which keys there are.
    "req.session.usrId;",
    { code: "req.session.userId;", options },
    { code: "event.session.usrId;", options },
    { code: "req.session[key];", options },
    { code: "Object.assign({ usrId: 1 }, req.session);", options },
    { code: "Object.assign(req.session, changes, { ...changes });", options },
    { code: "Object.assign(shop, req.session, { crt: 1 });", options },
    { code: "shop.assign(req.session, { crt: 1 });", options },
    { code: '"crt" === req.session;', options },
    { code: '"userId" in req.session; key in req.session; req.session in {};', options },
    { code: "(req.session as any).usrId;", options },
    { code: `${lodash}_.get(req.session, "cart.items");`, options },
    { code: `${lodash}_.get(req.body, "usrId");`, options },
    { code: `${lodash}_.get(req.session, path);`, options },
    { code: `_.get(req.session, "usrId");`, options },
    { code: `import map from "lodash/map";\nmap(req.session, "usrId");`, options },
  ],
  invalid: [
    {
      code: "req.session.usrId;",
      options,
      errors: [{ messageId: "key", data: { key: "usrId", known: "userId, cart" }, column: 1, endColumn: 18 }],
    },
    { code: 'req.session["usrId"] = 1;', options, errors: [{ messageId: "key" }] },
    { code: "const { session } = req;\nsession.usrId = 1;", options, errors: [{ messageId: "key", line: 2 }] },
    {
      code: "const { userId, crt } = req.session;",
      options,
      errors: [{ messageId: "key", column: 17, endColumn: 20 }],
    },
    {
      code: 'import { Session } from "@nestjs/common"; class A { m(@Session() s: Shop) { return s.crt; } }',
      options,
      errors: [{ messageId: "key" }],
    },
    { code: 'if ("crt" in req.session) f();', options, errors: [{ messageId: "key", column: 5, endColumn: 10 }] },
    { code: "if (`crt` in req.session) f();", options, errors: [{ messageId: "key", column: 5, endColumn: 10 }] },
    { code: "Object.assign(req.session, { crt: 1, userId: 2 });", options, errors: [{ messageId: "key", column: 30 }] },
    { code: 'req.session.set("crt", 1); req.session.get("userId");', options, errors: [{ messageId: "key" }] },
    {
      code: `${lodash}_.get(req.session, "usrId.name", null);`,
      options,
      errors: [{ messageId: "key", line: 2, column: 20 }],
    },
    ...["get", "set", "has", "unset", "update", "result"].map((name) => ({
      code: `${lodash}_.${name}(req.session, "crt");`,
      options,
      errors: [{ messageId: "key" as const }],
    })),
    {
      code: 'import { set } from "lodash-es";\nset(req.session, ["crt", 0], 1);',
      options,
      errors: [{ messageId: "key" }],
    },
    { code: 'import has from "lodash/has";\nhas(req.session, "crt[0]");', options, errors: [{ messageId: "key" }] },
    { code: 'import get from "lodash.get";\nget(req.session!, "crt");', options, errors: [{ messageId: "key" }] },
  ],
});

const request = 'import type { Request, MixedRequest, LooseRequest, IndexedRequest } from "./request.js";\n';

typedTester().run("no-unknown-session-key, with types", noUnknownSessionKey, {
  valid: [
    `${request}export const f = (req: Request) => req.session.userId;`,
    // Here the compiler is not silent.
    `${request}export const f = (req: Request) => req.session.usrId;`,
    // Nothing is known of these: that is for no-untyped-session-access to say.
    `${request}export const f = (req: IndexedRequest) => req.session.usrId;`,
    `${request}export const f = (req: LooseRequest) => req.session.usrId;`,
    `${request}export const f = (req: MixedRequest) => req.session.known.deeper;`,
    `${request}import _ from "lodash";\nexport const f = (req: Request) => _.get(req.session, "cart[0].length");`,
    `${request}import _ from "lodash";\nexport const f = (req: Request) => _.get(req.session, "data.anything");`,
  ],
  invalid: [
    {
      code: `${request}export const f = (req: MixedRequest) => req.session.knwon;`,
      errors: [{ messageId: "key", data: { key: "knwon", known: "known" } }],
    },
    {
      code: `${request}export const f = (req: Request) => Object.assign(req.session, { usrId: 1, cart: [] });`,
      errors: [{ messageId: "key", data: { key: "usrId", known: "cart, data, userId" } }],
    },
    {
      code: `${request}export const f = (req: Request) => { const s = req.session; return "usrId" in s; };`,
      errors: [{ messageId: "key" }],
    },
    {
      code: `${request}import _ from "lodash";\nexport const f = (req: Request) => _.get(req.session, "usrId");`,
      errors: [{ messageId: "key", data: { key: "usrId", known: "cart, data, userId" } }],
    },
    {
      code: `${request}import _ from "lodash";\nexport const f = (req: MixedRequest) => _.get(req.session, "known.deepr");`,
      errors: [{ messageId: "key", data: { key: "deepr", known: "deeper" } }],
    },
  ],
});
