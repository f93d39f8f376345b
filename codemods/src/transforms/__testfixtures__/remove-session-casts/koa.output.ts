import type { Context } from "koa";

export async function cart(ctx: Context) {
  ctx.body = ctx.session.cart;
  ctx.session.seen = true;
}
