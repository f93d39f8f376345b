import type { Request } from "express";
import type { ShopSession } from "./types/shop-session";

export function flash(req: Request, message: string) {
  (req.session as unknown as ShopSession).flash = message;
}

/** The message that was left for the next page; it is shown once. */
export function takeFlash(req: any): string | undefined {
  const message = req.session.flash;
  delete req.session.flash;
  return message;
}
