import type { Request } from "express";

export function login(req: Request, user: { id: string; name: string }) {
  // @ts-ignore
  req.session.userId = user.id;
  // @ts-expect-error: the session has no type
  req.session.user = user;
  if (user.name) {
    /* @ts-ignore */
    (req.session as any).name = user.name;
  }
  // @ts-ignore: something else entirely
  user.unknown = true;
}
