import type { Request } from "express";
import type { Session } from "./session";
import { audit, type AuditEntry } from "./audit";

export function addToCart(request: Request, sku: string): AuditEntry {
  const { cart } = request.session as Session;
  cart.push(sku);
  return audit((request.session as Session).userId, "cart", sku);
}
