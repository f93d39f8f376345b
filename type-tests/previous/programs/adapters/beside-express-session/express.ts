// A program that has the types of express-session too: `req.session` is what they say, and no declaration conflicts.
import express from "express";
import type { Session, SessionData } from "express-session";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend } from "typed-session";
import { requireSession, sessions, type Request } from "typed-session/express";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional() });
type AppSession = z.infer<typeof AppSession>;

const app = express();
app.use(sessions(new ClientSideSessionBackend({ secret: "a secret of more than 32 characters", session: AppSession })));
app.get("/", (req) => {
  expectType<TypeEqual<typeof req.session, Session & Partial<SessionData>>>(true);
  req.regenerateSession();
});
function userOf(req: Request<object, any, any, any, Record<string, any>, AppSession>): string | undefined {
  expectType<TypeEqual<typeof req.session, AppSession>>(true);
  // @ts-expect-error
  req.session.missing;
  return req.session.userId;
}
type AnyParams = express.Request["params"];
const Guarded = AppSession.required();
app.get(
  "/guarded",
  requireSession(Guarded, (req, res) => {
    // strict only
    expectType<TypeEqual<typeof req.session, { userId: string }>>(true);
    res.json(userOf(req));
  }),
);
app.get(
  "/orders/:id",
  // Nothing here imports "typed-session/express-params".
  requireSession<typeof Guarded, { id: string }>(Guarded, (req) => expectType<string>(req.params.id)),
);
app.get(
  "/orders/:id",
  requireSession(Guarded, (req) => expectType<TypeEqual<typeof req.params, AnyParams>>(true)),
);
