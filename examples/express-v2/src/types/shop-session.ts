import type { Session } from "express-session";

export interface CartItem {
  sku: string;
  quantity: number;
}

/** What we keep in the session. */
export interface ShopSession extends Session {
  userId: string;
  user: { name: string };
  cart: CartItem[];
  since: Date;
  flash?: string;
}
