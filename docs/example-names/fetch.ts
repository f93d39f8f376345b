import { sessions } from "typed-session/fetch";
import { backend } from "./shop.js";

export * from "typed-session";
export { requireSession, sessions } from "typed-session/fetch";
export * from "./shop.js";

export declare const Bun: { serve(options: { fetch: (request: Request) => Response | Promise<Response> }): void };
export const withSession = sessions(backend);
