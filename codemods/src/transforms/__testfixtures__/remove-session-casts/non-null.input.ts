import type { Request } from "express";

export const user = (req: Request) => (req.session as any)!.user!;
export const cart = (req: Request) => (req.session! as any).cart;
export const plain = (req: Request) => req.session!.plain;
