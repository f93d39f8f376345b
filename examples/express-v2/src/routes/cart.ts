import { Router } from "express";
import { findProduct, totalPrice } from "../products";
import type { CartItem, ShopSession } from "../types/shop-session";

export const cart = Router();

cart.get("/", (req, res) => {
  const session = req.session as any;
  const items: CartItem[] = session.cart || [];
  res.json({ items, total: totalPrice(items) });
});

cart.post("/", (req, res) => {
  const { sku, quantity = 1 } = req.body ?? {};
  if (typeof sku !== "string" || !findProduct(sku)) {
    res.status(400).json({ error: "There is no such product." });
    return;
  }
  if (!Number.isInteger(quantity) || quantity < 1) {
    res.status(400).json({ error: "The quantity is a whole number, 1 or more." });
    return;
  }

  if (!(req.session as any).cart) (req.session as any).cart = [];
  const items = (<ShopSession>req.session).cart;
  const existing = items.find((item) => item.sku === sku);
  if (existing) existing.quantity += quantity;
  else (req as any).session.cart.push({ sku, quantity });
  res.status(201).json({ items });
});

cart.delete("/:sku", (req, res) => {
  const items: CartItem[] = (req as any).session.cart || [];
  (req as any).session.cart = items.filter((item) => item.sku !== req.params.sku);
  res.status(204).end();
});

cart.delete("/", (req, res) => {
  delete (req.session as any).cart;
  res.status(204).end();
});
