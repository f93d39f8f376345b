import { ClientSideSessionBackend, defineSession } from "typed-session";
import type { Request } from 'typed-session'
import { sessions } from "typed-session/express";
import * as typedSession from "typed-session";
import type {} from "typed-session";
import "typed-session";
import { z } from "zod";

export { MemoryStore } from "typed-session";
export * as stores from "typed-session";

export const backend = new ClientSideSessionBackend({ secret: "", session: defineSession({ schema: z.object({}) }) });
export const middleware = sessions(backend);
export const errors = typedSession.SessionError;
export const view = (request: Request) => request.session;

declare module "typed-session" {
  interface Register {
    session: object;
  }
}
