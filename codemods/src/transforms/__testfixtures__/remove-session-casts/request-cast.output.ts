import type { Request } from "express";

export function cartOf(req: Request) {
  const cart = req.session.cart || [];
  req.session.cart = cart;
  return req.session?.cart;
}
