// What the application takes from the session library.
import { cast, type SessionDict } from "typed-session";
import { Request } from "typed-session/v3";
import type { DefaultSession } from "typed-session";
import type {
  DefaultSession as Anything,
  SessionHandle, // the engine's own
} from "typed-session";

export { cast as castSession } from "typed-session";
export { MemoryStore } from "typed-session/v3";
export type { SessionDict } from "typed-session";

export const cartOf = (request: Request) => cast<{ cart: string[] }>({}, request.session).cart;
export type Session = DefaultSession | SessionDict | Anything | SessionHandle<unknown>;
