export const version = 1;

declare global {
  namespace Express {
    interface SessionData {
      userId: string;
    }
    interface SessionData {
      cart: string[];
    }
  }

  namespace Express {
    interface SessionData {
      since: Date;
    }
  }
}
