import * as session from "typed-session";

export const store = new session.MemoryStore();
export type Anything = session.SessionDict | import("typed-session").DefaultSession;
export type Handle = import("typed-session/v3").SessionHandle<unknown>;
export const castLater = async () => (await import("typed-session")).cast;
