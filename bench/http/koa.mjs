import Koa from "koa";
import koaSession from "koa-session";
import { sessions } from "typed-session/koa";
import { sampleSession, secret } from "../sample-session.mjs";
import { plainPages, summarize, untouchedAnswer, whenDone } from "./pages.mjs";
import { typedSessionContenders } from "./typed-session.mjs";

export const title = "Koa";
export const packages = ["koa", "koa-session", "typed-session"];

function listen(createMiddleware, pages) {
  const app = new Koa();
  app.keys = [secret];
  const middleware = createMiddleware(app);
  if (middleware !== undefined) app.use(middleware);
  const routes = {
    "/log-in": (context) => whenDone(pages.logIn(context), () => (context.body = {})),
    "/read": (context) => whenDone(pages.read(context), (page) => (context.body = page)),
    "/write": (context) => whenDone(pages.change(context), () => (context.body = {})),
    "/untouched": (context) => {
      context.body = untouchedAnswer;
    },
  };
  app.use((context) => routes[context.path]?.(context));
  return app.listen(0, "127.0.0.1");
}

const sessionPages = {
  logIn: (context) => {
    context.session = sampleSession();
  },
  read: (context) => summarize(context.session),
  change: (context) => {
    context.session.visits += 1;
  },
};

export const contenders = {
  bare: { start: () => listen(() => undefined, plainPages) },
  "a middleware that does nothing": { start: () => listen(() => async (_context, next) => next(), plainPages) },
  ...typedSessionContenders({
    mount: (backend, options, pages) => listen(() => sessions(backend, options), pages),
    connectionOf: (context) => context,
  }),
  "koa-session": { start: () => listen((app) => koaSession({}, app), sessionPages) },
};
