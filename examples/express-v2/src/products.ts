import type { CartItem } from "./types/shop-session";

interface Product {
  sku: string;
  title: string;
  /** In cents. */
  price: number;
}

export const products: readonly Product[] = [
  { sku: "tea-green", title: "Green tea, 100 g", price: 790 },
  { sku: "tea-black", title: "Black tea, 100 g", price: 650 },
  { sku: "pot-clay", title: "Clay teapot", price: 4200 },
];

export function findProduct(sku: string): Product | undefined {
  return products.find((product) => product.sku === sku);
}

/** The price of everything in the cart, in cents. */
export function totalPrice(cart: CartItem[]): number {
  return cart.reduce((total, item) => total + (findProduct(item.sku)?.price ?? 0) * item.quantity, 0);
}
