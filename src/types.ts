import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { SessionDefinition } from "./definition.js";

/** An untyped session: what `request.session` has always been, and stays until a type is given. */
// `any` is the type here: v2 code reads and writes any key.
export type SessionDict = Record<string, any>;

/**
 * The application's own session, named once for every `Request`.
 *
 * @example
 * ```ts
 * declare module "typed-session" {
 *   interface Register { session: typeof appSession }
 * }
 * ```
 */
export interface Register {}

/** A class whose instances are sessions. */
export type SessionClass<TSession extends object = object> = new (...parameters: never[]) => TSession;

/** What a session's type can be taken from: a Standard Schema (zod, valibot, arktype, …), a class, or a definition. */
export type SessionSource = StandardSchemaV1 | SessionClass | SessionDefinition<unknown>;

/**
 * The type of the session that a schema, a class or a definition describes.
 *
 * It includes `null` exactly when an anonymous visitor can't have one: when the schema rejects `{}`, or the class has
 * constructor parameters. `undefined`, no description at all, gives {@link SessionDict}.
 */
export type SessionOf<TSource> = TSource extends undefined
  ? SessionDict
  : TSource extends SessionDefinition<infer TSession>
    ? TSession
    : TSource extends StandardSchemaV1
      ? SessionOfSchema<TSource>
      : TSource extends SessionClass<infer TSession>
        ? ConstructorParameters<TSource>["length"] extends 0
          ? TSession
          : TSession | null
        : never;

type SessionOfSchema<TSchema extends StandardSchemaV1> =
  {} extends StandardSchemaV1.InferInput<TSchema>
    ? StandardSchemaV1.InferOutput<TSchema>
    : StandardSchemaV1.InferOutput<TSchema> | null;

/** The session of a `Request` that names no type: the registered one, or a {@link SessionDict}. */
export type DefaultSession = Register extends { session: infer TSource } ? SessionOf<TSource> : SessionDict;

/** A value that is there now, or later. Synchronous backends never make a caller wait. */
export type MaybePromise<T> = T | Promise<T>;
