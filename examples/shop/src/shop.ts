import { z } from "zod";
import type { AppSession, SignedIn } from "./session.js";

/** What forms send is text. */
const NewItem = z.object({ sku: z.string().min(1), quantity: z.coerce.number().int().positive() });

const Login = z.object({ name: z.string().trim().min(1) });

/** What a visitor sees of the session. */
export interface View {
  readonly user: string | null;
  readonly cart: AppSession["cart"];
}

export function viewOf(session: AppSession): View {
  return { user: session.user ?? null, cart: session.cart };
}

/**
 * Puts an item into the cart.
 *
 * @returns what was wrong with it, where something was; nothing is changed then.
 */
export function addToCart(session: AppSession, body: unknown): string | undefined {
  const item = NewItem.safeParse(body);
  if (!item.success) return z.prettifyError(item.error);
  const present = session.cart.find(({ sku }) => sku === item.data.sku);
  if (present === undefined) session.cart.push(item.data);
  else present.quantity += item.data.quantity;
  return undefined;
}

/** The same, for a login. A real shop asks for more than a name. */
export function logIn(session: AppSession, body: unknown): string | undefined {
  const login = Login.safeParse(body);
  if (!login.success) return z.prettifyError(login.error);
  session.user = login.data.name;
  session.since = new Date();
  return undefined;
}

/** What only somebody who has logged in sees. Dates are dates here. */
export function accountOf({ user, since, cart }: SignedIn): { user: string; year: number; items: number } {
  return { user, year: since.getUTCFullYear(), items: cart.length };
}
