import express from "express";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend, type SessionDict } from "typed-session";
import { requireSession, sessions, type Request } from "typed-session/express";
import type {} from "typed-session/express-params";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).optional() });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });

const app = express();
app.use(sessions(new ClientSideSessionBackend({ secret: "a secret of more than 32 characters" })));

// As in v2: a dict, everywhere.
app.get("/", (req) => expectType<TypeEqual<typeof req.session, SessionDict>>(true));
app.get("/", (req: Request) => expectType<TypeEqual<typeof req.session, SessionDict>>(true));

// Opted in, one handler: a session whose keys are all optional is what every visitor has.
type AppRequest = Request<{ id: string }, any, any, any, Record<string, any>, AppSession>;
app.get("/orders/:id", (req: AppRequest, res: express.Response) => {
  expectType<TypeEqual<typeof req.session, AppSession>>(true);
  // @ts-expect-error
  req.session.missing;
  res.json(req.params.id);
});

// Keys that must be there are for requireSession to check.
type Narrow = Request<{ id: string }, any, any, any, Record<string, any>, { userId: string }>;
// @ts-expect-error strict only
app.get("/orders/:id", (req: Narrow, res: express.Response) => res.json(req.session.userId));
app.get(
  "/orders/:id",
  requireSession(SignedIn, (req, res) => {
    expectType<TypeEqual<typeof req.session.userId, string>>(true);
    expectType<string>(req.params.id);
    // @ts-expect-error
    req.params.missing;
    res.json(req.session.userId);
  }),
);
