import type { IncomingMessage, ServerResponse } from "node:http";
import type { SessionOptions } from "iron-session";
import { typed } from "typed-session/iron-session";
import { appSession } from "./shop.js";

export { getIronSession } from "iron-session";
export type { SessionDict } from "typed-session";
export { requireSession, typed } from "typed-session/iron-session";
export * from "./shop.js";

export declare function cookies(): Promise<{
  get: (name: string) => { name: string; value: string } | undefined;
  set: (
    ...cookie: [name: string, value: string, options?: object] | [options: { name: string; value: string }]
  ) => unknown;
}>;
export declare const options: SessionOptions;
export declare const request: IncomingMessage;
export declare const response: ServerResponse;
export const open = typed(appSession);
