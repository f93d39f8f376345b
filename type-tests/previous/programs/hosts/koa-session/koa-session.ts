import Router from "@koa/router";
import Koa from "koa";
import session from "koa-session";
import { expectType, type TypeEqual } from "ts-expect";
import { requireSession, typed, type Context, type KoaSessionMembers } from "typed-session/koa-session";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;
const SignedIn = AppSession.required({ userId: true });
type SignedIn = z.infer<typeof SignedIn>;

const app = new Koa();
app.use(session(app)).use(typed(AppSession));
// @ts-expect-error
typed({ userId: "string" });

// Annotated.
const router = new Router();
function cartOf({ session }: Context<Koa.DefaultState, Koa.DefaultContext, unknown, AppSession>): string[] {
  expectType<TypeEqual<typeof session, (AppSession & KoaSessionMembers) | null>>(true);
  // @ts-expect-error
  session?.missing;
  return session?.cart ?? [];
}
router.get("/cart", (context: Context<Koa.DefaultState, Koa.DefaultContext, unknown, AppSession>) => {
  context.body = cartOf(context);
});

// Guarded: there is a session.
router.get(
  "/orders/:id",
  requireSession(SignedIn, (context) => {
    expectType<TypeEqual<typeof context.session, SignedIn & KoaSessionMembers>>(true);
    expectType<TypeEqual<typeof context.params, Record<string, string>>>(true);
    // @ts-expect-error
    context.session.missing;
    void context.session.regenerate();
    context.body = context.session.userId;
  }),
);
