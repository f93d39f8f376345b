import { createAdaptorServer } from "@hono/node-server";
import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import { requireSession, sessions, type Request } from "typed-session/fetch";

const withSession = sessions(backend);

const routes = new Map<string, (request: Request) => Response | Promise<Response>>([
  ["GET /health", () => new Response("ok")],
  ["GET /cart", (request) => Response.json(viewOf(request.session))],
  [
    "POST /cart",
    async (request) => {
      const problem = addToCart(request.session, await request.json());
      return problem === undefined ? Response.json(viewOf(request.session)) : new Response(problem, { status: 400 });
    },
  ],
  [
    "POST /login",
    async (request) => {
      const problem = logIn(request.session, await request.json());
      if (problem !== undefined) return new Response(problem, { status: 400 });
      request.regenerateSession();
      return Response.json(viewOf(request.session));
    },
  ],
  [
    "POST /logout",
    (request) => {
      request.clearSession();
      return new Response(null, { status: 204 });
    },
  ],
  ["GET /account", requireSession(SignedIn, (request) => Response.json(accountOf(request.session)))],
]);

const showOrder = requireSession(SignedIn, (request) => {
  const order = new URL(request.url).pathname.slice("/account/orders/".length);
  return Response.json({ order, user: request.session.user });
});

/** What Bun, Deno, a worker, or a route handler of a framework serves. */
const handler = withSession((request) => {
  const { pathname } = new URL(request.url);
  const route = routes.get(`${request.method} ${pathname}`);
  if (route !== undefined) return route(request);
  if (request.method === "GET" && pathname.startsWith("/account/orders/")) return showOrder(request);
  return new Response("There is nothing here.", { status: 404 });
});

// Node speaks WHATWG fetch through an adaptor; on Bun this would be `Bun.serve({ fetch: handler })`.
const server = createAdaptorServer({ fetch: handler });
server.listen(address.port, address.host, () => announce(server));
