// A small application of somebody else's, compiled and run against the packed package under every resolution.
import { ClientSideSessionBackend, defineSession, Request, SessionMiddleware, type Scope } from "typed-session";
import * as cookieSession from "typed-session/cookie-session";
import { requireSession, sessions } from "typed-session/express";
import type {} from "typed-session/express-params";
import { typed } from "typed-session/express-session";
import * as fastify from "typed-session/fastify";
import * as fastifySecureSession from "typed-session/fastify-secure-session";
import * as fastifySession from "typed-session/fastify-session";
import { sessions as fetchSessions } from "typed-session/fetch";
import * as hono from "typed-session/hono";
import * as ironSession from "typed-session/iron-session";
import * as koa from "typed-session/koa";
import * as koaSession from "typed-session/koa-session";
import * as nest from "typed-session/nest";
import { sessions as nodeSessions } from "typed-session/node";
import { forPassport } from "typed-session/passport";
import * as v3 from "typed-session/v3";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), visits: z.number().default(0) });
const appSession = defineSession({ schema: AppSession });

declare module "typed-session" {
  interface Register {
    session: typeof appSession;
  }
}

const backend = new ClientSideSessionBackend({ secret: "a secret of more than 32 characters", session: appSession });
const middleware = new SessionMiddleware(backend);

async function visit(cookie: string | undefined): Promise<{ visits: number; cookie: string | undefined }> {
  const scope: Scope = { type: "http", method: "GET", path: "/", headers: { cookie } };
  const { result, headers } = await middleware.handle(scope, () => {
    const request: Request = new Request(scope);
    request.session.visits += 1;
    // @ts-expect-error: the registered session has no such key.
    void request.session.missing;
    return request.session.visits;
  });
  return { visits: result, cookie: headers[0]?.[1].split(";")[0] };
}

const fetchHandler = fetchSessions(backend)((request) => {
  // @ts-expect-error: the registered session has no such key.
  void request.session.missing;
  return new Response(String(request.session.visits));
});

const nodeHandler = nodeSessions(backend)((request, response) => response.end(String(request.session.visits)));

async function main(): Promise<void> {
  const first = await visit(undefined);
  const second = await visit(first.cookie);
  const handlers = [
    sessions(backend),
    typed(appSession),
    requireSession(AppSession, () => {}),
    fetchHandler,
    nodeHandler,
    forPassport(),
    ...[fastify, hono, koa].map((adapter) => adapter.sessions(backend)),
    ...[cookieSession, fastifySecureSession, fastifySession, ironSession, koaSession].map((host) =>
      host.typed(appSession),
    ),
    nest.Session(),
  ];
  const sameRuntime = v3.SessionMiddleware === SessionMiddleware && new v3.Request(scopeOf("/")) instanceof Request;
  const isRight = second.visits === 2 && sameRuntime && handlers.every((handler) => typeof handler === "function");
  console.log(isRight ? "ok" : "wrong");
}

function scopeOf(path: string): Scope {
  return { type: "http", method: "GET", path, headers: {} };
}

void main();
