import type { Request } from "express";
import { audit, type AuditEntry } from "./audit";

export function addToCart(request: Request, sku: string): AuditEntry {
  const { cart } = request.session;
  cart.push(sku);
  return audit(request.session.userId, "cart", sku);
}
