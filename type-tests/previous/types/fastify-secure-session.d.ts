import { StandardSchemaV1 } from "@standard-schema/spec";
import { FastifyPluginCallback } from "fastify";
import { TypedOptions } from "./cookie-session.js";
import { SessionDefinition } from "./index.js";
export { FastifyRequest, requireSession } from "./shared.js";
import "express";
interface SecureSessionTypedOptions extends TypedOptions {
  readonly sessionName?: string;
}
declare function typed(
  source: StandardSchemaV1 | SessionDefinition<unknown>,
  options?: SecureSessionTypedOptions,
): FastifyPluginCallback;
export { typed };
export type { SecureSessionTypedOptions };
