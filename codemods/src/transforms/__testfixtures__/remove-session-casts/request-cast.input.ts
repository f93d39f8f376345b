import type { AppRequest } from "./request";
import type { Request } from "express";

export function cartOf(req: Request) {
  const cart = (req as any).session.cart || [];
  (<AppRequest>req).session.cart = cart;
  return (req as unknown as AppRequest).session?.cart;
}
