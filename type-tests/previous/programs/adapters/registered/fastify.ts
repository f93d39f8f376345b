import fastify from "fastify";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend } from "typed-session";
import { requireSession, sessions, type FastifyRequest } from "typed-session/fastify";
import { appSession, SignedIn, type AppSession } from "./session.js";

const secret = "a secret of more than 32 characters";
const app = fastify();
void app.register(sessions(new ClientSideSessionBackend({ secret, session: appSession })));
// @ts-expect-error
sessions(new ClientSideSessionBackend({ secret }));

// Without an annotation: handlers, hooks, error handlers.
app.get<{ Params: { id: string } }>("/orders/:id", (request) => {
  expectType<TypeEqual<typeof request.session, AppSession>>(true);
  expectType<TypeEqual<typeof request.params, { id: string }>>(true);
  // @ts-expect-error
  request.session.missing;
});
app.addHook("preHandler", async (request) => expectType<TypeEqual<typeof request.session, AppSession>>(true));
app.setErrorHandler((_error, request) => expectType<TypeEqual<typeof request.session, AppSession>>(true));

// Annotated, with Fastify's own type or with the one that names a session.
app.get("/orders/:id", (request: fastify.FastifyRequest<{ Params: { id: string } }>) => request.session.cart);
function cartOf(request: FastifyRequest): string[] {
  expectType<TypeEqual<typeof request.session, AppSession>>(true);
  return request.session.cart;
}
app.get("/cart", async (request) => cartOf(request));

// Guarded: what the route says of its parameters and its reply stays.
app.get<{ Params: { id: string }; Reply: { user: string } }>(
  "/orders/:id",
  requireSession(SignedIn, async (request) => {
    expectType<TypeEqual<typeof request.session, SignedIn>>(true);
    expectType<TypeEqual<typeof request.params, { id: string }>>(true);
    // @ts-expect-error
    request.session.missing;
    return { user: request.session.userId };
  }),
);
app.get<{ Reply: { user: string } }>(
  "/orders",
  // @ts-expect-error
  requireSession(SignedIn, async () => ({ user: 1 })),
);
app.get(
  "/this",
  requireSession(SignedIn, function (_request, reply) {
    this.log.info("the instance is `this`");
    reply.send("ok");
  }),
);
