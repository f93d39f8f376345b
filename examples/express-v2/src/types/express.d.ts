import type { CartItem } from "./shop-session";

declare global {
  namespace Express {
    interface SessionData {
      userId: string;
      user: { name: string };
      cart: CartItem[];
    }
  }
}
