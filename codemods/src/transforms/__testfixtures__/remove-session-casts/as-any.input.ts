import type { Request, Response } from "express";

export function greet(req: Request, res: Response) {
  const name = (req.session as any).user?.name ?? "guest";
  (req.session as any).visits = ((req.session as any).visits ?? 0) + 1;
  delete (req.session as any)["flash"];
  res.send(`Hello, ${name}: ${(req.session as any).visits} visits`);
}
