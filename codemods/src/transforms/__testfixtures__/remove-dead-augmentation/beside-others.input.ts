import type { CartItem, User } from "./shop";

declare global {
  namespace Express {
    interface Request {
      user?: User;
    }

    /** What we keep of a visitor. */
    interface SessionData {
      cart: CartItem[];
    }
  }
}

declare module "express-session" {
  interface SessionData {
    userId: string;
  }
}
