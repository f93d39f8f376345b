import { StandardSchemaV1 } from "@standard-schema/spec";
import { DefaultState, DefaultContext, ExtendableContext, ParameterizedContext, Next, Middleware } from "koa";
import { RouteContext } from "./koa.js";
import { TypedOptions } from "./shared.js";
import { SessionDict, SessionDefinition } from "./index.js";
import "express";
import "fastify";
interface KoaSessionMembers {
  readonly isNew: boolean;
  readonly length: number;
  readonly populated: boolean;
  maxAge: number | "session" | undefined;
  readonly externalKey: string | undefined;
  save(callback?: (error?: Error) => void): Promise<void> | undefined;
  regenerate(callback?: (error?: Error) => void): Promise<void> | undefined;
  manuallyCommit(): Promise<void> | undefined;
  toJSON(): SessionDict;
}
type Context<
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
  TSession = SessionDict,
> = ContextWith<StateT, ContextT, ResponseBodyT, (TSession & KoaSessionMembers) | null>;
type ContextWith<StateT, ContextT, ResponseBodyT, TValue> = Omit<ExtendableContext, "session"> &
  Pick<ParameterizedContext<StateT, object, ResponseBodyT>, "state" | "body" | "response"> & {
    [K in keyof ContextT as Exclude<K, "session">]: ContextT[K];
  } & {
    session: TValue;
  };
declare function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options?: TypedOptions,
): Middleware<object, object>;
declare function requireSession<
  TSchema extends StandardSchemaV1,
  StateT = DefaultState,
  ContextT = DefaultContext,
  ResponseBodyT = unknown,
>(
  schema: TSchema,
  handler: (
    context: ContextWith<
      StateT,
      ContextT & RouteContext,
      ResponseBodyT,
      StandardSchemaV1.InferOutput<TSchema> & KoaSessionMembers
    >,
    next: Next,
  ) => unknown,
): Middleware<StateT, ContextT, ResponseBodyT>;
export { TypedOptions, requireSession, typed };
export type { Context, KoaSessionMembers };
