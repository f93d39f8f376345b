declare namespace Express {
  interface SessionData {
    userId: string;
  }
}

declare namespace Shop {
  interface SessionData {
    stays: true;
  }
}
