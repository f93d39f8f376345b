import type { Request } from "express";

export function id(req: Request) {
  return (
    // nobody has typed this yet
    req.session as any
  ).id;
}
