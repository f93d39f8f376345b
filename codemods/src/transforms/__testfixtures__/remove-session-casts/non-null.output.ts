import type { Request } from "express";

export const user = (req: Request) => req.session!.user!;
export const cart = (req: Request) => req.session!.cart;
export const plain = (req: Request) => req.session!.plain;
