import cookie from "@fastify/cookie";
import secureSession from "@fastify/secure-session";
import fastifySession from "@fastify/session";
import { RedisStore } from "connect-redis";
import fastify from "fastify";
import { sessions } from "typed-session/fastify";
import { sampleSession, secret } from "../sample-session.mjs";
import { plainPages, summarize, untouchedAnswer, whenDone } from "./pages.mjs";
import { typedSessionContenders } from "./typed-session.mjs";

export const title = "Fastify";
export const packages = ["fastify", "@fastify/cookie", "@fastify/session", "@fastify/secure-session", "typed-session"];

async function listen(plugins, pages) {
  const app = fastify();
  for (const [plugin, options] of plugins) await app.register(plugin, options);
  app.get("/log-in", (request, reply) => whenDone(pages.logIn(request), () => reply.send({})));
  app.get("/read", (request, reply) => whenDone(pages.read(request), (page) => reply.send(page)));
  app.get("/write", (request, reply) => whenDone(pages.change(request), () => reply.send({})));
  app.get("/untouched", (_request, reply) => reply.send(untouchedAnswer));
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server;
}

function idleHooks(app, _options, done) {
  app.addHook("onRequest", (_request, _reply, next) => next());
  app.addHook("onSend", (_request, _reply, payload, next) => next(null, payload));
  done();
}
// For the whole application, as fastify-plugin says it.
idleHooks[Symbol.for("skip-override")] = true;

const fastifySessionPages = {
  logIn: (request) => {
    Object.assign(request.session, sampleSession());
  },
  read: (request) => summarize(request.session),
  change: (request) => {
    request.session.visits += 1;
  },
};

const secureSessionPages = {
  logIn: ({ session }) => {
    for (const [name, value] of Object.entries(sampleSession())) session.set(name, value);
  },
  read: ({ session }) => summarize(session.data()),
  change: ({ session }) => {
    session.set("visits", session.get("visits") + 1);
  },
};

const fastifySessionOptions = { secret, saveUninitialized: false, cookie: { secure: false } };

export const contenders = {
  bare: { start: () => listen([], plainPages) },
  "a middleware that does nothing": { start: () => listen([[idleHooks]], plainPages) },
  ...typedSessionContenders({
    mount: (backend, options, pages) => listen([[sessions(backend, options)]], pages),
    connectionOf: (request) => request,
  }),
  "@fastify/session, memory": {
    start: () => listen([[cookie], [fastifySession, fastifySessionOptions]], fastifySessionPages),
  },
  "@fastify/secure-session": {
    isEncrypted: true,
    start: () =>
      listen(
        [[secureSession, { key: Buffer.alloc(32, "key"), cookie: { path: "/", httpOnly: true } }]],
        secureSessionPages,
      ),
  },
  "@fastify/session, connect-redis": {
    store: "redis",
    start: async ({ connectRedis, prefix }) => {
      const store = new RedisStore({ client: await connectRedis(), prefix });
      return listen([[cookie], [fastifySession, { ...fastifySessionOptions, store }]], fastifySessionPages);
    },
  },
};
