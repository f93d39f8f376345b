// A program that has the types of express-session too: `req.session` is what they say.
import cookieSession from "cookie-session";
import express from "express";
import type { Session } from "express-session";
import { expectType, type TypeEqual } from "ts-expect";
import { requireSession, typed, type CookieSessionMembers, type Request } from "typed-session/cookie-session";
import type {} from "typed-session/express-params";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });
type SignedIn = z.infer<typeof SignedIn>;

const app = express();
app.use(cookieSession({ keys: ["a key"] }), typed(AppSession));

// Annotated: the host's own types say that a session has any key.
type AppRequest = Request<{ id: string }, any, any, any, Record<string, any>, AppSession>;
function cartOf({ session }: AppRequest): string[] {
  expectType<TypeEqual<typeof session, (AppSession & CookieSessionMembers) | null | undefined>>(true);
  expectType<boolean | undefined>(session?.isPopulated);
  // @ts-expect-error
  session?.missing;
  return session?.cart ?? [];
}

// Guarded: there is a session.
app.get(
  "/orders/:id",
  requireSession(SignedIn, (req, res) => {
    expectType<TypeEqual<typeof req.session, SignedIn & CookieSessionMembers>>(true);
    expectType<TypeEqual<typeof req.params, { id: string }>>(true);
    // @ts-expect-error
    req.session.missing;
    res.json(req.session.userId.length);
  }),
);
// @ts-expect-error
requireSession({ userId: "string" }, () => {});

export type { Session };
export { cartOf };
