import { RedisStore } from "connect-redis";
import cookieSession from "cookie-session";
import express from "express";
import expressSession from "express-session";
import { getIronSession } from "iron-session";
import { sessions } from "typed-session/express";
import { sampleSession, secret } from "../sample-session.mjs";
import { plainPages, summarize, untouchedAnswer, whenDone } from "./pages.mjs";
import { typedSessionContenders } from "./typed-session.mjs";

export const title = "Express";
export const packages = ["express", "express-session", "cookie-session", "iron-session", "typed-session"];

function listen(middleware, pages) {
  const app = express();
  if (middleware !== undefined) app.use(middleware);
  app.get("/log-in", (request, response) => whenDone(pages.logIn(request, response), () => response.json({})));
  app.get("/read", (request, response) => whenDone(pages.read(request, response), (page) => response.json(page)));
  app.get("/write", (request, response) => whenDone(pages.change(request, response), () => response.json({})));
  app.get("/untouched", (_request, response) => response.json(untouchedAnswer));
  return app.listen(0, "127.0.0.1");
}

const sessionPages = {
  logIn: (request) => Object.assign(request.session, sampleSession()),
  read: (request) => summarize(request.session),
  change: (request) => {
    request.session.visits += 1;
  },
};

const ironOptions = { cookieName: "session", password: secret, cookieOptions: { secure: false } };
const ironPages = {
  logIn: async (request, response) => {
    const session = await getIronSession(request, response, ironOptions);
    Object.assign(session, sampleSession());
    await session.save();
  },
  read: async (request, response) => summarize(await getIronSession(request, response, ironOptions)),
  change: async (request, response) => {
    const session = await getIronSession(request, response, ironOptions);
    session.visits += 1;
    await session.save();
  },
};

const expressSessionOptions = { secret, resave: false, saveUninitialized: false };

export const contenders = {
  bare: { start: () => listen(undefined, plainPages) },
  "a middleware that does nothing": { start: () => listen((_request, _response, next) => next(), plainPages) },
  ...typedSessionContenders({
    mount: (backend, options, pages) => listen(sessions(backend, options), pages),
    connectionOf: (request) => request,
  }),
  "express-session, memory": {
    start: () =>
      listen(expressSession({ ...expressSessionOptions, store: new expressSession.MemoryStore() }), sessionPages),
  },
  "cookie-session": {
    start: () => listen(cookieSession({ keys: [secret], secure: false }), sessionPages),
  },
  "iron-session": { isEncrypted: true, start: () => listen(undefined, ironPages) },
  "express-session, connect-redis": {
    store: "redis",
    start: async ({ connectRedis, prefix }) => {
      const store = new RedisStore({ client: await connectRedis(), prefix });
      return listen(expressSession({ ...expressSessionOptions, store }), sessionPages);
    },
  },
};
