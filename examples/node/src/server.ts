import { createServer, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import { requireSession, sessions, type Request } from "typed-session/node";

type Handler = (request: Request, response: ServerResponse) => unknown;

const routes = new Map<string, Handler>([
  ["GET /health", (_request, response) => response.end("ok")],
  ["GET /cart", (request, response) => send(response, 200, viewOf(request.session))],
  [
    "POST /cart",
    async (request, response) => {
      const problem = addToCart(request.session, await json(request));
      send(response, problem === undefined ? 200 : 400, problem ?? viewOf(request.session));
    },
  ],
  [
    "POST /login",
    async (request, response) => {
      const problem = logIn(request.session, await json(request));
      if (problem !== undefined) return send(response, 400, problem);
      request.regenerateSession();
      send(response, 200, viewOf(request.session));
    },
  ],
  [
    "POST /logout",
    (request, response) => {
      request.clearSession();
      response.writeHead(204).end();
    },
  ],
  ["GET /account", requireSession(SignedIn, (request, response) => send(response, 200, accountOf(request.session)))],
]);

const showOrder = requireSession(SignedIn, (request, response) => {
  const order = request.url?.slice("/account/orders/".length);
  send(response, 200, { order, user: request.session.user });
});

const withSession = sessions(backend);
const server = createServer(
  withSession((request, response) => {
    const handler = routes.get(`${request.method} ${request.url}`);
    if (handler !== undefined) return handler(request, response);
    if (request.method === "GET" && request.url?.startsWith("/account/orders/")) return showOrder(request, response);
    send(response, 404, "There is nothing here.");
  }),
);
server.listen(address.port, address.host, () => announce(server));

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
