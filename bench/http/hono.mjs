import { createHash } from "node:crypto";
import { once } from "node:events";
import { serve } from "@hono/node-server";
import { useSession } from "@hono/session";
import { Hono } from "hono";
import { CookieStore, MemoryStore, sessionMiddleware } from "hono-sessions";
import { sessions } from "typed-session/hono";
import { sampleSession, secret } from "../sample-session.mjs";
import { plainPages, summarize, untouchedAnswer, whenDone } from "./pages.mjs";
import { typedSessionContenders } from "./typed-session.mjs";

export const title = "Hono";
export const packages = ["hono", "@hono/node-server", "hono-sessions", "@hono/session", "typed-session"];

async function listen(middleware, pages) {
  const app = new Hono();
  if (middleware !== undefined) app.use(middleware);
  app.get("/log-in", (context) => whenDone(pages.logIn(context), () => context.json({})));
  app.get("/read", (context) => whenDone(pages.read(context), (page) => context.json(page)));
  app.get("/write", (context) => whenDone(pages.change(context), () => context.json({})));
  app.get("/untouched", (context) => context.json(untouchedAnswer));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  return server;
}

const honoSessionsPages = {
  logIn: (context) => {
    for (const [name, value] of Object.entries(sampleSession())) context.get("session").set(name, value);
  },
  read: (context) => {
    const session = context.get("session");
    return summarize({ userId: session.get("userId"), visits: session.get("visits"), cart: session.get("cart") });
  },
  change: (context) => {
    const session = context.get("session");
    session.set("visits", session.get("visits") + 1);
  },
};

const honoSessionPages = {
  logIn: (context) => context.var.session.update(sampleSession()),
  read: async (context) => summarize(await context.var.session.get()),
  change: async (context) => {
    const data = await context.var.session.get();
    await context.var.session.update({ ...data, visits: data.visits + 1 });
  },
};

const honoSessions = (store) =>
  sessionMiddleware({
    store,
    encryptionKey: secret,
    expireAfterSeconds: 3600,
    cookieOptions: { path: "/", httpOnly: true },
  });

export const contenders = {
  bare: { start: () => listen(undefined, plainPages) },
  "a middleware that does nothing": { start: () => listen(async (_context, next) => next(), plainPages) },
  ...typedSessionContenders({
    mount: (backend, options, pages) => listen(sessions(backend, options), pages),
    connectionOf: (context) => context.var,
    sessionOf: (context) => context.get("session"),
  }),
  "hono-sessions, memory": { start: () => listen(honoSessions(new MemoryStore()), honoSessionsPages) },
  "hono-sessions, cookie": {
    isEncrypted: true,
    start: () => listen(honoSessions(new CookieStore()), honoSessionsPages),
  },
  "@hono/session": {
    isEncrypted: true,
    start: () => listen(useSession({ secret: createHash("sha256").update(secret).digest("hex") }), honoSessionPages),
  },
};
