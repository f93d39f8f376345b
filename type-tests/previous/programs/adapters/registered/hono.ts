import { Hono } from "hono";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend } from "typed-session";
import { requireSession, sessions, type Context, type SessionVariables } from "typed-session/hono";
import { appSession, SignedIn, type AppSession } from "./session.js";

const secret = "a secret of more than 32 characters";
const app = new Hono();
app.use(sessions(new ClientSideSessionBackend({ secret, session: appSession })));
// @ts-expect-error
sessions(new ClientSideSessionBackend({ secret }));

// Without an annotation: handlers, middleware, error handlers.
app.get("/orders/:id", (context) => {
  expectType<TypeEqual<typeof context.var.session, AppSession>>(true);
  const session = context.get("session");
  expectType<TypeEqual<typeof session, AppSession>>(true);
  // @ts-expect-error
  context.var.session.missing;
  // @ts-expect-error
  context.set("session", { cart: "no cart" });
  return context.text(context.req.param("id"));
});
app.use(async (context, next) => {
  expectType<TypeEqual<typeof context.var.session, AppSession>>(true);
  await next();
});
app.onError((_error, context) => context.text(String(context.var.session.cart.length)));

// Annotated.
function cartOf(context: Context): string[] {
  return context.var.session.cart;
}
new Hono<{ Variables: SessionVariables }>().get("/cart", (context) => context.json(cartOf(context)));
function themeOf(context: Context<{ Variables: { theme: string } }, string, {}, SignedIn>): string {
  expectType<TypeEqual<typeof context.var.session.userId, string>>(true);
  return context.var.theme + context.var.session.userId;
}
const themed = new Hono<{ Variables: { theme: string } }>();
themed.get("/theme", requireSession(SignedIn), (context) => context.text(themeOf(context)));
// @ts-expect-error
themed.get("/theme", (context) => context.text(themeOf(context)));

// Guarded: for the handlers behind the guard, with what Hono infers of the path.
app.get("/orders/:id", requireSession(SignedIn), (context) => {
  expectType<TypeEqual<typeof context.var.session.userId, string>>(true);
  // @ts-expect-error
  context.var.session.missing;
  return context.text(context.req.param("id"));
});
// @ts-expect-error
requireSession({ userId: "string" });
