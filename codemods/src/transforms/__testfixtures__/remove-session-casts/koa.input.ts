import type { Context } from "koa";

export async function cart(ctx: Context) {
  ctx.body = (ctx.session as any).cart;
  (ctx as any).session.seen = true;
}
