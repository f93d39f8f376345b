import { ServerResponse, IncomingMessage } from "node:http";
import { StandardSchemaV1 } from "@standard-schema/spec";
import { FitsRegister } from "./shared.js";
import { SessionsOptions } from "./express.js";
import { DefaultSession, SessionConnection, BaseSessionBackend } from "./index.js";
import "express";
import "fastify";
type Request<TSession = DefaultSession> = IncomingMessage & SessionConnection<TSession>;
type NodeHandler<TRequest> = (request: TRequest, response: ServerResponse) => unknown;
interface NodeSessionsOptions extends SessionsOptions {
  readonly onError?: (error: unknown, request: IncomingMessage, response: ServerResponse) => void;
}
declare function sessions<TSession>(
  backend: BaseSessionBackend<TSession> & FitsRegister<TSession>,
  options?: NodeSessionsOptions,
): (handler: NodeHandler<Request<TSession>>) => (request: IncomingMessage, response: ServerResponse) => void;
declare function requireSession<TSchema extends StandardSchemaV1>(
  schema: TSchema,
  handler: NodeHandler<Request<StandardSchemaV1.InferOutput<TSchema>>>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
export { requireSession, sessions };
export type { NodeHandler, NodeSessionsOptions, Request };
