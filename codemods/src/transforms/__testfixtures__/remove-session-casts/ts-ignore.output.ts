import type { Request } from "express";

export function login(req: Request, user: { id: string; name: string }) {
  req.session.userId = user.id;
  req.session.user = user;
  if (user.name) {
    req.session.name = user.name;
  }
  // @ts-ignore: something else entirely
  user.unknown = true;
}
