import type { Request, Response } from "express";

export function greet(req: Request, res: Response) {
  const name = req.session.user?.name ?? "guest";
  req.session.visits = (req.session.visits ?? 0) + 1;
  delete req.session["flash"];
  res.send(`Hello, ${name}: ${req.session.visits} visits`);
}
