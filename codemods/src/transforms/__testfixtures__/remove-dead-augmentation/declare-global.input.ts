import type { CartItem } from "./shop";

declare global {
  namespace Express {
    interface SessionData {
      userId: string;
      cart: CartItem[];
    }
  }
}
