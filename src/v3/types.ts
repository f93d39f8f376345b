import type { Register, SessionOf } from "../types.js";

/** What a session is while nobody registered one: no key can be read. Register the application's session. */
export interface UnregisteredSession {
  /** Its name is what the compiler's message shows. */
  readonly "register the session: declare module 'typed-session' { interface Register { session: typeof appSession } }"?: never;
}

/** The registered session; where there is none, a session without keys, so that a forgotten registration shows. */
export type RegisteredSession = Register extends { session: infer TSource } ? SessionOf<TSource> : UnregisteredSession;
