import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import fastify from "fastify";
import { requireSession, sessions } from "typed-session/fastify";

const app = fastify();
await app.register(sessions(backend));

app.get("/health", () => "ok");

app.get("/cart", (request) => viewOf(request.session));

app.post("/cart", (request, reply) => {
  const problem = addToCart(request.session, request.body);
  return reply.code(problem === undefined ? 200 : 400).send(problem ?? viewOf(request.session));
});

app.post("/login", (request, reply) => {
  const problem = logIn(request.session, request.body);
  if (problem !== undefined) return reply.code(400).send(problem);
  request.regenerateSession();
  return reply.send(viewOf(request.session));
});

app.post("/logout", (request, reply) => {
  request.clearSession();
  return reply.code(204).send();
});

app.get(
  "/account",
  requireSession(SignedIn, async (request) => accountOf(request.session)),
);

app.get<{ Params: { id: string } }>(
  "/account/orders/:id",
  requireSession(SignedIn, async (request) => ({ order: request.params.id, user: request.session.user })),
);

await app.listen(address);
announce(app.server);
