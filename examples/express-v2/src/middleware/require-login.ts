import type { NextFunction, Request, Response } from "express";

export function requireLogin(req: Request, res: Response, next: NextFunction) {
  if (!(req.session as any).userId) {
    res.status(401).json({ error: "Please log in first." });
    return;
  }
  next();
}
