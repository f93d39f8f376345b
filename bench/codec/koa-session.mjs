// The whole middleware, on a context of Koa's. It signs its cookie, and encrypts nothing.
import Koa from "koa";
import createMiddleware from "koa-session";
import { secret } from "../sample-session.mjs";
import { fakeExchange, nextCookies } from "./fake-http.mjs";

export const koaSession = { packages: ["koa-session", "koa"], start };

async function start(session) {
  const app = new Koa();
  app.keys = [secret];
  const middleware = createMiddleware({}, app);

  async function serve(sent, use) {
    const { request, response } = fakeExchange(sent);
    const context = app.createContext(request, response);
    let result;
    await middleware(context, async () => (result = use(context)));
    return { result, cookie: nextCookies(response.getHeader("set-cookie"), sent) };
  }

  let { cookie } = await serve("", (context) => (context.session = session));
  return {
    read: async () => (await serve(cookie, (context) => context.session)).result,
    change: async () => {
      ({ cookie } = await serve(cookie, (context) => (context.session.visits += 1)));
    },
    cookie: () => cookie,
  };
}
