import secureSession from "@fastify/secure-session";
import fastify from "fastify";
import { expectType, type TypeEqual } from "ts-expect";
import { requireSession, typed, type FastifyRequest } from "typed-session/fastify-secure-session";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });

declare module "@fastify/secure-session" {
  interface SessionData extends AppSession {}
}

const app = fastify();
void app.register(secureSession, { key: Buffer.alloc(32) });
void app.register(typed(AppSession, { sessionName: "session" }));
// @ts-expect-error
typed({ userId: "string" });

// Without an annotation: what the one declaration says.
app.get<{ Params: { id: string } }>("/orders/:id", (request) => {
  expectType<string | undefined>(request.session.userId);
  expectType<boolean>(request.session.changed);
  expectType<string[] | undefined>(request.session.get("cart"));
  // @ts-expect-error
  request.session.missing;
});

// Annotated.
function userOf(request: FastifyRequest): string | undefined {
  return request.session.userId;
}
app.get("/user", async (request) => userOf(request));

// Guarded: what the route says of its parameters stays.
app.get<{ Params: { id: string } }>(
  "/orders/:id",
  requireSession(SignedIn, async (request) => {
    expectType<TypeEqual<typeof request.session.userId, string>>(true);
    expectType<TypeEqual<typeof request.params, { id: string }>>(true);
    request.session.delete();
    // @ts-expect-error
    request.session.missing;
    return request.session.userId;
  }),
);
