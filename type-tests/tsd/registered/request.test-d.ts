import { expectError, expectNotType, expectType } from "tsd";
import { ClientSideSessionBackend, defineSession, Request, type DefaultSession, type SessionDict } from "typed-session";
import { requireSession, sessions, type Request as ExpressRequest } from "typed-session/express";
import * as v3 from "typed-session/v3";
import express from "express";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const appSession = defineSession({ schema: AppSession });

declare module "typed-session" {
  interface Register {
    session: typeof appSession;
  }
}

// Every request that names no session has the registered one.
expectType<AppSession>({} as DefaultSession);
expectNotType<SessionDict>({} as DefaultSession);
declare const none: Request;
declare const three: Request<string, number, { a: 1 }>;
expectType<AppSession>(none.session);
expectType<AppSession>(three.session);
expectType<string>(three.user);
expectError(none.session.missing);
expectError(three.session.missing);
expectError((none.session.cart = 5));

// One that names another has that.
declare const other: Request<unknown, unknown, object, { admin: boolean }>;
expectType<boolean>(other.session.admin);
expectError(other.session.cart);
declare const dict: Request<unknown, unknown, object, SessionDict>;
expectType<any>(dict.session.anything);

// v3 takes the same registration.
declare const next: v3.Request;
expectType<AppSession>(next.session);
expectError(next.session.missing);

// Express: contextual handlers, routers, middleware and error handlers have it without an annotation.
const app = express();
app.get("/", (req) => {
  expectType<AppSession>(req.session);
  expectError(req.session.missing);
});
express.Router().post("/", (req) => expectType<string[]>(req.session.cart));
app.use((req, _res, next) => {
  expectType<string | undefined>(req.session.userId);
  next();
});
app.use(((_error, req, _res, _next) => {
  expectType<AppSession>(req.session);
  expectError(req.session.missing);
}) satisfies express.ErrorRequestHandler);

// An annotated handler: the default is the registered session, and params stay.
app.get("/:id", (req: ExpressRequest<{ id: string }>) => {
  expectType<AppSession>(req.session);
  expectType<string>(req.params.id);
  expectError(req.params.missing);
});
type Narrow = ExpressRequest<{ id: string }, any, any, any, Record<string, any>, { userId: string }>;
expectError(app.get("/:id", (req: Narrow, res: express.Response) => res.json(req.session.userId)));

// A guard narrows for the handler that it wraps.
const SignedIn = AppSession.required({ userId: true });
app.get(
  "/account",
  requireSession(SignedIn, (req, res) => {
    expectType<string>(req.session.userId);
    expectError(req.session.missing);
    expectType<string>(req.path);
    res.json(req.session.userId);
  }),
);
expectError(requireSession({ userId: "string" }, () => {}));

// A backend whose sessions are not of the registered type would make every request lie.
const secret = "a secret of more than 32 characters";
app.use(sessions(new ClientSideSessionBackend({ secret, session: appSession })));
expectError(sessions(new ClientSideSessionBackend({ secret })));
expectError(sessions(new ClientSideSessionBackend({ secret, session: z.object({ admin: z.boolean() }) })));
