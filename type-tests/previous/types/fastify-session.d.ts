import { StandardSchemaV1 } from "@standard-schema/spec";
import { FastifyPluginCallback } from "fastify";
import { TypedOptions } from "./shared.js";
import { SessionDefinition } from "./index.js";
export { FastifyRequest, requireSession } from "./shared.js";
import "express";
declare function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options?: TypedOptions,
): FastifyPluginCallback;
export { TypedOptions, typed };
