import type { Request } from "express";

export function comments(req: Request) {
  // before
  const a = (req.session /* the session */ as any).a; // behind
  const b = (req.session as /* still untyped */ any).b;
  const c = (req.session as any /* until 2.0 */).c;
  /* left */ const d = /* of */ (req.session as any) /* key */ .d;
  return [a, b, c, d];
}
