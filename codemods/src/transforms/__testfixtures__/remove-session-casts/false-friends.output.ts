import Stripe from "stripe";
import { getServerSession } from "next-auth";

const stripe = new Stripe("key");

export async function checkout(ctx: any, payment: any, database: any) {
  const event = payment.data.object.session as any;
  const user = (ctx.session as any).user;
  const row = (database.session as any).findUnique({ where: { id: event.id } });
  const session = (await getServerSession()) as any;
  return [stripe, event, user, row, (session as any).user, (event.session as any).url];
}
