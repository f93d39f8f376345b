/** What `typed-session` exports, and `typed-session/v3` does not. */
export const namesGoneInV3 = ["cast", "SessionDict", "DefaultSession"] as const;

/** One of {@link namesGoneInV3}. */
export type NameGoneInV3 = (typeof namesGoneInV3)[number];
