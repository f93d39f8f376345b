// The session of about 600 bytes that every contender keeps.
import { z } from "zod";

const Item = z.object({ sku: z.string(), title: z.string(), quantity: z.number().int().positive() });

export const AppSession = z.object({
  userId: z.string().optional(),
  visits: z.number().default(0),
  cart: z.array(Item).default([]),
});

const session = {
  userId: "0b9f2f0e-6f0d-4a55-9d2e-4f2ad1c1c0de",
  visits: 1,
  cart: Array.from({ length: 8 }, (_, index) => ({
    sku: `sku-${index}`,
    title: `A thing to be sold, no. ${index}`,
    quantity: 1,
  })),
};

/** A session of its own for each caller, as a login makes it. */
export function sampleSession() {
  return structuredClone(session);
}

export const secret = "one secret of many characters, and the same for all who are measured";
