import type { Request } from "express";

export function load(req: Request) {
  const user = (
    req.session as unknown as {
      user: { name: string; roles: string[] };
    }
  ).user;
  return (req
    .session as any)
    .cart
    .map((item: any) => [user, item]);
}
