import cookie from "@fastify/cookie";
import session from "@fastify/session";
import fastify from "fastify";
import { expectType, type TypeEqual } from "ts-expect";
import { requireSession, typed, type FastifyRequest } from "typed-session/fastify-session";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).optional() });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });

declare module "fastify" {
  interface Session extends AppSession {}
}

const app = fastify();
void app.register(cookie);
void app.register(session, { secret: "a secret of more than 32 characters" });
void app.register(typed(AppSession));
// @ts-expect-error
typed({ userId: "string" });

// Without an annotation: what the one declaration says.
app.get<{ Params: { id: string } }>("/orders/:id", (request) => {
  expectType<string | undefined>(request.session.userId);
  expectType<string>(request.session.sessionId);
  // @ts-expect-error
  request.session.missing;
});

// Annotated.
function userOf(request: FastifyRequest): string | undefined {
  return request.session.userId;
}
app.get("/user", async (request) => userOf(request));

// Guarded: what the route says of its parameters and its reply stays.
app.get<{ Params: { id: string }; Reply: { user: string } }>(
  "/orders/:id",
  requireSession(SignedIn, async (request) => {
    expectType<TypeEqual<typeof request.session.userId, string>>(true);
    expectType<TypeEqual<typeof request.params, { id: string }>>(true);
    await request.session.regenerate();
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
