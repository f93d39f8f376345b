// The whole client-side backend, validation included, as a framework's adapter drives it.
import { ClientSideSessionBackend, Request, SessionMiddleware, defineSession } from "typed-session";
import { AppSession, secret } from "../sample-session.mjs";

export const typedSession = { packages: ["typed-session", "zod"], start };

async function start(session) {
  const definition = defineSession({ schema: AppSession });
  const middleware = new SessionMiddleware(new ClientSideSessionBackend({ secret, session: definition }));

  function serve(sent, use) {
    const scope = { type: "http", method: "GET", path: "/", headers: { cookie: sent } };
    const handle = middleware.open(scope);
    const result = use(new Request(scope));
    return { result, cookie: handle.commit()[0]?.split(";", 1)[0] ?? sent };
  }

  let { cookie } = serve("", (request) => request.setSession(session));
  return {
    read: () => serve(cookie, (request) => request.session).result,
    change: () => {
      cookie = serve(cookie, (request) => {
        request.session.visits += 1;
      }).cookie;
    },
    cookie: () => cookie,
  };
}
