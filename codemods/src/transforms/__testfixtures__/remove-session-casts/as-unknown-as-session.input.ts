import type { Request } from "express";
import type { CartItem, ShopSession } from "./types";

export const cartOf = (req: Request): CartItem[] => (req.session as unknown as ShopSession).cart;
export const sessionOf = (req: Request) => req.session as unknown as ShopSession & { since: Date };
