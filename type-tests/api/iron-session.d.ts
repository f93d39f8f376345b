import { StandardSchemaV1 } from "@standard-schema/spec";
import { TypedOptions } from "./shared.js";
import { SessionDefinition, SessionOf } from "./index.js";
import "express";
import "fastify";
interface IronSessionMembers {
  save(): Promise<void>;
  destroy(): void;
  updateConfig(options: never): void;
}
type TypedIronSession<TSession, THost extends IronSessionMembers> = TSession & Pick<THost, keyof IronSessionMembers>;
type OpenSession<TSession> = <THost extends IronSessionMembers>(host: THost) => TypedIronSession<TSession, THost>;
declare function typed<TSource extends StandardSchemaV1 | SessionDefinition<unknown>>(
  source: TSource,
  options?: TypedOptions,
): OpenSession<NonNullable<SessionOf<TSource>>>;
declare function requireSession<TSchema extends StandardSchemaV1, TSession extends IronSessionMembers>(
  schema: TSchema,
  session: TSession,
): TypedIronSession<StandardSchemaV1.InferOutput<TSchema>, TSession>;
export { TypedOptions, requireSession, typed };
export type { IronSessionMembers, OpenSession, TypedIronSession };
