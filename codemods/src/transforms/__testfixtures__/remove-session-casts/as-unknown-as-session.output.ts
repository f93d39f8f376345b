import type { Request } from "express";
import type { CartItem } from "./types";

export const cartOf = (req: Request): CartItem[] => req.session.cart;
export const sessionOf = (req: Request) => req.session;
