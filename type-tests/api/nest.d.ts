import { CanActivate } from "@nestjs/common";
import { StandardSchemaV1 } from "@standard-schema/spec";
import { DefaultSession } from "./index.js";
export { SessionsOptions } from "./shared.js";
export { Request, sessions } from "./express.js";
import "express";
import "fastify";
type TypedParameter<TValue> = <TTarget extends object, TKey extends string | symbol, TIndex extends number>(
  target: TTarget,
  key: TKey,
  index: TValue extends ParameterOf<TTarget, TKey, TIndex> ? TIndex : never,
) => void;
type ParameterOf<TTarget, TKey extends PropertyKey, TIndex extends number> = TKey extends keyof TTarget
  ? TTarget[TKey] extends (...parameters: infer TParameters) => unknown
    ? TParameters[TIndex]
    : unknown
  : unknown;
declare function Session(): TypedParameter<DefaultSession>;
declare function Session<TSchema extends StandardSchemaV1>(
  schema: TSchema,
): TypedParameter<StandardSchemaV1.InferOutput<TSchema>>;
declare function requireSession(schema: StandardSchemaV1): CanActivate;
export { Session, requireSession };
export type { TypedParameter };
