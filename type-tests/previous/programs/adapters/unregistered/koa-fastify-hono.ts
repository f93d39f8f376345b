import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend, type SessionDict } from "typed-session";
import * as fastifySessions from "typed-session/fastify";
import * as honoSessions from "typed-session/hono";
import * as koaSessions from "typed-session/koa";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });
const typed = new ClientSideSessionBackend({ secret: "a secret of more than 32 characters", session: AppSession });
const dict = new ClientSideSessionBackend({ secret: "a secret of more than 32 characters" });

// Fastify: as in v2, a dict everywhere.
const app = fastify();
void app.register(fastifySessions.sessions(dict));
app.get("/", (request) => expectType<TypeEqual<typeof request.session, SessionDict>>(true));

// Hono and Koa hand types on: behind the middleware, the session has the backend's type without a registration.
const hono = new Hono().use(honoSessions.sessions(typed));
hono.get("/", (context) => {
  expectType<TypeEqual<typeof context.var.session, AppSession>>(true);
  // @ts-expect-error
  context.var.session.missing;
  return context.text("");
});
hono.get("/orders/:id", honoSessions.requireSession(SignedIn), (context) => {
  expectType<TypeEqual<typeof context.var.session.userId, string>>(true);
  // @ts-expect-error
  context.var.session.missing;
  return context.text(context.req.param("id"));
});
new Hono().use(honoSessions.sessions(dict)).get("/", (context) => {
  expectType<TypeEqual<typeof context.var.session, SessionDict>>(true);
  return context.text("");
});
// Where no middleware says so, there is none.
new Hono().get("/", (context) => {
  // @ts-expect-error
  context.var.session;
  return context.text("");
});

new Koa().use(koaSessions.sessions(typed)).use((context) => {
  expectType<TypeEqual<typeof context.session, AppSession>>(true);
  // @ts-expect-error
  context.session.missing;
});
new Koa().use(koaSessions.sessions(dict)).use((context) => {
  expectType<TypeEqual<typeof context.session, SessionDict>>(true);
});
// Koa's contexts have any key, as ever.
new Koa().use((context) => expectType<any>(context["session"]));
