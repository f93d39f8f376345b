import { untypedTester } from "../rule-tester.fixture.js";
import { requireSessionRegeneration } from "./require-session-regeneration.js";

untypedTester().run("require-session-regeneration", requireSessionRegeneration, {
  valid: [
    "app.post('/login', (req, res) => { req.regenerateSession(); req.session.userId = user.id; });",
    "app.post('/login', (req, res) => { req.session.userId = user.id; req.regenerateSession(); });",
    "app.post('/login', (req, res) => { req.session.regenerate(() => { req.session.userId = user.id; }); });",
    "app.post('/login', (req, res) => { req.session.regenerate((error) => { find((user) => { req.session.user = user; }); }); });",
    "async function login(request) { await request.session.regenerate(); request.session.user = user; }",
    "function login(req, res) { req.logIn(user, () => { req.session.userId = user.id; }); }",
    "async function login(req) { await new Promise((done) => req.session.regenerate(done)); req.session.userId = 1; }",
    "async function login(req) { await promisify(req.session.regenerate.bind(req.session))(); req.session.userId = 1; }",
    "async function login(req) { await regenerateSession(req); req.session.userId = user.id; }",
    "async function login(request) { await request.session.regenerate(); request.session.set('userId', user.id); }",
    "async function login(req) { await new Promise((done) => req.session.regenerate(done)); users.each(() => { req.session.userId = 1; }); }",
    // A cookie holds what iron-session opens: there is no id.
    `import { getIronSession } from "iron-session"; async function login(jar) { const session = await getIronSession<App>(jar, o); session.userId = 1; }`,
    `import { getIronSession } from "iron-session"; const set = (s) => { s.userId = 1; }; async function login(jar) { set(await getIronSession<App>(jar, o)); }`,
    // A logout.
    "function logout(req) { req.session.userId = null; req.session.user = undefined; req.session.isAdmin = false; }",
    "function logout(req) { delete req.session.userId; }",
    // No identity.
    "function add(req) { req.session.cart = []; req.session[key] = 1; }",
    "function read(req) { return req.session.userId; }",
    "function read(req) { current.userId = req.session.userId; }",
    'function watch(request) { later("userId", request.session.set); }',
    "function note(event) { event.session.userId = 1; }",
    { code: "function login(req) { req.session.userId = 1; }", options: [{ identityKeys: ["loginName"] }] },
  ],
  invalid: [
    {
      code: "app.post('/login', (req, res) => { req.session.userId = user.id; });",
      errors: [{ messageId: "regenerate", data: { key: "userId" }, column: 36, endColumn: 64 }],
    },
    { code: "function login(req) { (req.session as any).user = user; }", errors: [{ messageId: "regenerate" }] },
    { code: "function login(req) { req.session!['isAdmin'] ||= true; }", errors: [{ messageId: "regenerate" }] },
    {
      code: "function login(req) { Object.assign(req.session, { cart, userId: 1 }); }",
      errors: [{ messageId: "regenerate" }],
    },
    {
      code: "function login(req) { const { session } = req; session.userId = 1; }",
      errors: [{ messageId: "regenerate" }],
    },
    { code: "function login(req) { const s = req.session; s.userId = 1; }", errors: [{ messageId: "regenerate" }] },
    { code: "const login = ({ session }: Request) => { session.userId = 1; };", errors: [{ messageId: "regenerate" }] },
    // Too late: this begins an empty session.
    {
      code: "function login(req) { req.session.userId = 1; req.session.regenerate(next); }",
      errors: [{ messageId: "regenerate" }],
    },
    { code: "function login(request) { request.session.set('userId', 1); }", errors: [{ messageId: "regenerate" }] },
    {
      code: 'import { Session } from "@nestjs/common"; class A { m(@Session() s: Shop) { s.userId = 1; } }',
      errors: [{ messageId: "regenerate" }],
    },
    // A name that is not called.
    {
      code: "function login(req) { const regenerated = false; if (!regenerated) req.session.userId = 1; }",
      errors: [{ messageId: "regenerate" }],
    },
    // Another handler's.
    {
      code: "app.post('/renew', (req) => { req.session.regenerate(f); }); app.post('/login', (req) => { req.session.userId = 1; });",
      errors: [{ messageId: "regenerate" }],
    },
    // Another function's call is not made here.
    {
      code: "function login(req) { const renew = () => req.regenerateSession(); req.session.userId = 1; }",
      errors: [{ messageId: "regenerate" }],
    },
    {
      code: "function login(req) { req.session.loginName = 'ada'; }",
      options: [{ identityKeys: ["loginName"] }],
      errors: [{ messageId: "regenerate", data: { key: "loginName" } }],
    },
  ],
});
