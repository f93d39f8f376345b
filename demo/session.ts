import { defineSession } from "typed-session";
import { z } from "zod";

const CartItem = z.object({ sku: z.string(), quantity: z.number().int().positive() });

/** Sessions are stored as JSON: a Date that went in comes back as a string. This makes it a Date again. */
const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

export const AppSession = z.object({
  userId: z.string().optional(),
  user: z.object({ name: z.string() }).optional(),
  cart: z.array(CartItem).default([]),
  since: isoDate.optional(),
  flash: z.string().optional(),
});
export type AppSession = z.infer<typeof AppSession>;

export const appSession = defineSession({ schema: AppSession, onInvalid: "throw" });

declare module "express-session" {
  interface SessionData extends AppSession {}
}
