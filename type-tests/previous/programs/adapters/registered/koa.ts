import Router from "@koa/router";
import Koa from "koa";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend } from "typed-session";
import { requireSession, sessions, type Context } from "typed-session/koa";
import { appSession, SignedIn, type AppSession } from "./session.js";

const secret = "a secret of more than 32 characters";
const app = new Koa();
app.use(sessions(new ClientSideSessionBackend({ secret, session: appSession })));
// @ts-expect-error
sessions(new ClientSideSessionBackend({ secret }));

// Without an annotation: middleware, routers, error handling.
app.use(async (context, next) => {
  expectType<TypeEqual<typeof context.session, AppSession>>(true);
  // @ts-expect-error
  context.session.missing;
  await next();
});
const router = new Router();
router.get("/orders/:id", (context) => {
  expectType<TypeEqual<typeof context.session, AppSession>>(true);
  expectType<string | undefined>(context.params["id"]);
});
app.on("error", (_error: unknown, context: Koa.Context) => {
  expectType<TypeEqual<typeof context.session, AppSession>>(true);
});

// Annotated.
router.get("/orders", (context: Context) => expectType<TypeEqual<typeof context.session, AppSession>>(true));
function userOf(context: Context<Koa.DefaultState, Koa.DefaultContext, unknown, SignedIn>): string {
  return context.session.userId;
}
// @ts-expect-error strict only
router.get("/orders", (context) => userOf(context));

// Guarded.
router.get(
  "/orders/:id",
  requireSession(SignedIn, (context) => {
    expectType<TypeEqual<typeof context.session, SignedIn>>(true);
    expectType<TypeEqual<typeof context.params, Record<string, string>>>(true);
    // @ts-expect-error
    context.session.missing;
    context.body = userOf(context);
  }),
);
app.use(requireSession(SignedIn, (context) => expectType<TypeEqual<typeof context.session, SignedIn>>(true)));
