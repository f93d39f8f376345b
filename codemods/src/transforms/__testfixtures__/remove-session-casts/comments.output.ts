import type { Request } from "express";

export function comments(req: Request) {
  // before
  const a = req.session /* the session */.a; // behind
  const b = req.session /* still untyped */.b;
  const c = req.session /* until 2.0 */.c;
  /* left */ const d = /* of */ req.session /* key */ .d;
  return [a, b, c, d];
}
