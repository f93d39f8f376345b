import { defineSession } from "typed-session";
import { z } from "zod";

export const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
export type AppSession = z.infer<typeof AppSession>;
export const appSession = defineSession({ schema: AppSession });
export const SignedIn = AppSession.required({ userId: true });
export type SignedIn = z.infer<typeof SignedIn>;

declare module "typed-session" {
  interface Register {
    session: typeof appSession;
  }
}
