import type { Request } from "express";

export function plain(req: Request) {
  const value = req.body as any;
  return [req.session.userId, value, (value as any).session];
}
