// The application that the examples of docstrings are about.
import { defineSession, MemoryStore, ServerSideSessionBackend, type Scope } from "typed-session";
import { z } from "zod";

export const Item = z.object({ sku: z.string(), quantity: z.number() });
export const AppSession = z.object({ userId: z.string().optional(), cart: z.array(Item).default([]) });
export type AppSession = z.infer<typeof AppSession>;
export const SignedIn = AppSession.required({ userId: true });
export const appSession = defineSession({ schema: AppSession });

export const store = new MemoryStore();
export const backend = new ServerSideSessionBackend({ store, session: appSession, userId: ({ userId }) => userId });
export declare const secret: string;
export declare const user: { id: string };
export declare const item: z.infer<typeof Item>;
export declare const scope: Scope;
export declare function serve(): Promise<void>;
