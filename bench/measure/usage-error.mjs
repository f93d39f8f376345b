/** A command line that asks for what there is not. */
export class UsageError extends Error {}
