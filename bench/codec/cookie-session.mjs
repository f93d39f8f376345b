// The whole middleware. It signs its cookie, and encrypts nothing.
import createMiddleware from "cookie-session";
import { secret } from "../sample-session.mjs";
import { fakeExchange, nextCookies } from "./fake-http.mjs";

export const cookieSession = { packages: ["cookie-session"], start };

async function start(session) {
  const middleware = createMiddleware({ keys: [secret], secure: false });

  function serve(sent, use) {
    const { request, response } = fakeExchange(sent);
    let result;
    middleware(request, response, () => (result = use(request)));
    response.writeHead(200);
    return { result, cookie: nextCookies(response.getHeader("set-cookie"), sent) };
  }

  let { cookie } = serve("", (request) => (request.session = session));
  return {
    read: () => serve(cookie, (request) => request.session).result,
    change: () => {
      cookie = serve(cookie, (request) => (request.session.visits += 1)).cookie;
    },
    cookie: () => cookie,
  };
}
