import type { Request } from "express";

export function load(req: Request) {
  const user = req.session.user;
  return req
    .session
    .cart
    .map((item: any) => [user, item]);
}
