import express from "express";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend, type SessionConnection } from "typed-session";
import { requireSession, sessions, type Request } from "typed-session/express";
import type {} from "typed-session/express-params";
import { z } from "zod";
import { appSession, SignedIn, type AppSession } from "./session.js";

const secret = "a secret of more than 32 characters";
const app = express();
app.use(sessions(new ClientSideSessionBackend({ secret, session: appSession })));
// @ts-expect-error
sessions(new ClientSideSessionBackend({ secret }));
// @ts-expect-error
sessions(new ClientSideSessionBackend({ secret, session: z.object({ admin: z.boolean() }) }));

// Without an annotation: handlers, routers, middleware, error handlers.
app.get("/orders/:id", (req) => {
  expectType<TypeEqual<typeof req.session, AppSession>>(true);
  expectType<string>(req.params.id);
  // @ts-expect-error
  req.session.missing;
});
express.Router().post("/", (req) => expectType<TypeEqual<typeof req.session, AppSession>>(true));
app.use((req, _res, next) => {
  expectType<TypeEqual<typeof req.session, AppSession>>(true);
  next();
});
app.use(((_error, req, _res, _next) => {
  expectType<TypeEqual<typeof req.session, AppSession>>(true);
}) satisfies express.ErrorRequestHandler);

// Annotated, the parameters of the route are still checked against it.
app.get("/orders/:id", (req: Request<{ id: string }>) => expectType<TypeEqual<typeof req.session, AppSession>>(true));

// Such a request is one of Express's own, for helpers that take those, and routes' types go through it.
declare function bodyOf(req: express.Request<{ id: string }, string, { name: string }>): string;
function nameOf(req: Request<{ id: string }, string, { name: string }, { page?: string }>): string {
  expectType<TypeEqual<typeof req.body, { name: string }>>(true);
  expectType<TypeEqual<typeof req.query, { page?: string }>>(true);
  // @ts-expect-error
  req.res?.json(5);
  return bodyOf(req);
}
app.post("/orders/:id", (req, res) => res.json(nameOf(req)));

// What every request has is what one with a session of its own type has.
type Members = Pick<express.Request, keyof SessionConnection>;
expectType<TypeEqual<Members, Pick<SessionConnection, keyof SessionConnection>>>(true);

type Narrow = Request<{ id: string }, any, any, any, Record<string, any>, SignedIn>;
// @ts-expect-error strict only
app.get("/orders/:id", (req: Narrow, res: express.Response) => res.json(req.session.userId));

// Guarded.
app.get(
  "/orders/:id",
  requireSession(SignedIn, (req, res) => {
    expectType<TypeEqual<typeof req.session, SignedIn>>(true);
    expectType<TypeEqual<typeof req.params, { id: string }>>(true);
    // @ts-expect-error
    req.session.missing;
    res.json(req.session.userId.length);
  }),
);
app.get(
  "/orders",
  requireSession(SignedIn, (req, res) => res.json(req.session.userId.length)),
);
app.post(
  "/orders/:id/items/:sku",
  (req, _res, next) => {
    expectType<string>(req.params.sku);
    next();
  },
  requireSession(SignedIn, async (req) => {
    expectType<string>(req.params.id + req.params.sku);
    // @ts-expect-error
    req.params.missing;
  }),
);
// A router's own parameters are in its paths, those of its parent are to be named.
express.Router({ mergeParams: true }).get(
  "/items/:sku",
  requireSession<typeof SignedIn, { id: string; sku: string }>(SignedIn, (req) => expectType<string>(req.params.id)),
);
app.use(requireSession(SignedIn, (_req, _res, next) => next()));
// @ts-expect-error
requireSession({ userId: "string" }, () => {});
