import "express-session";

declare module "express-session" {
  interface SessionData {
    userId: string;
  }
}

declare module "express-serve-static-core" {
  interface Request {
    session: { userId: string };
  }
}

namespace Express {
  export interface SessionData {
    mine: true;
  }
}

export type Mine = Express.SessionData;
