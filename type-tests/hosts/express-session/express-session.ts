import express from "express";
import session, { type Session, type SessionData } from "express-session";
import { expectType, type TypeEqual } from "ts-expect";
import { requireSession, typed, type Request } from "typed-session/express-session";
import type {} from "typed-session/express-params";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });

declare module "express-session" {
  interface SessionData extends AppSession {}
}

const app = express();
app.use(session({ secret: "s" }), typed(AppSession));
// @ts-expect-error
typed({ userId: "string" });

// Without an annotation: what the one declaration says.
app.get("/orders/:id", (req) => {
  expectType<TypeEqual<typeof req.session, Session & Partial<SessionData>>>(true);
  expectType<string | undefined>(req.session.userId);
  req.session.regenerate(() => {});
  // @ts-expect-error
  req.session.missing;
});
app.use(((_error, req, _res, _next) =>
  expectType<string[] | undefined>(req.session.cart)) satisfies express.ErrorRequestHandler);

// Annotated.
function cartOf(req: Request<object, any, any, any, Record<string, any>, AppSession>): string[] {
  expectType<string>(req.session.id);
  // @ts-expect-error
  req.session.missing;
  return req.session.cart;
}

export { cartOf };

// Guarded.
app.get(
  "/orders/:id",
  requireSession(SignedIn, (req, res) => {
    expectType<TypeEqual<typeof req.session.userId, string>>(true);
    expectType<TypeEqual<typeof req.params, { id: string }>>(true);
    req.session.destroy(() => {});
    // @ts-expect-error
    req.session.missing;
    res.json(req.session.userId);
  }),
);
