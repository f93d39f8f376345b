import Router from "@koa/router";
import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import Koa from "koa";
import { bodyParser } from "@koa/bodyparser";
import { requireSession, sessions } from "typed-session/koa";

const router = new Router();

router.get("/health", (ctx) => {
  ctx.body = "ok";
});

router.get("/cart", (ctx) => {
  ctx.body = viewOf(ctx.session);
});

router.post("/cart", (ctx) => {
  const problem = addToCart(ctx.session, ctx.request.body);
  if (problem !== undefined) ctx.throw(400, problem);
  ctx.body = viewOf(ctx.session);
});

router.post("/login", (ctx) => {
  const problem = logIn(ctx.session, ctx.request.body);
  if (problem !== undefined) ctx.throw(400, problem);
  ctx.regenerateSession();
  ctx.body = viewOf(ctx.session);
});

router.post("/logout", (ctx) => {
  ctx.clearSession();
  ctx.status = 204;
});

router.get(
  "/account",
  requireSession(SignedIn, (ctx) => {
    ctx.body = accountOf(ctx.session);
  }),
);

router.get(
  "/account/orders/:id",
  requireSession(SignedIn, (ctx) => {
    ctx.body = { order: ctx.params["id"], user: ctx.session.user };
  }),
);

const app = new Koa();
app.use(bodyParser()).use(sessions(backend)).use(router.routes());
const server = app.listen(address.port, address.host, () => announce(server));
