import { defineSession, MemoryStore, ServerSideSessionBackend } from "typed-session";
import { z } from "zod";

/** Stored as text, a `Date` in the application. */
const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

const Item = z.object({ sku: z.string(), quantity: z.int().positive() });

/** What every visitor's session is. The schema accepts `{}`: that is an anonymous visitor. */
export const AppSession = z.object({
  user: z.string().optional(),
  since: isoDate.optional(),
  cart: z.array(Item).default([]),
});
export type AppSession = z.infer<typeof AppSession>;

/** The session of somebody who has logged in: what `requireSession` asks for. */
export const SignedIn = AppSession.required({ user: true, since: true });
export type SignedIn = z.infer<typeof SignedIn>;

export const appSession = defineSession({ schema: AppSession });

declare module "typed-session" {
  interface Register {
    session: typeof appSession;
  }
}

/** Keeps sessions in this process. With more than one process, take a `RedisStore`. */
export const backend = new ServerSideSessionBackend({
  store: new MemoryStore(),
  session: appSession,
  secure: process.env["NODE_ENV"] === "production",
});
