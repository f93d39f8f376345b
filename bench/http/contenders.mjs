// Who is measured on which framework. Each is one application with the routes of `server.mjs`, in a process of its own.
import * as express from "./express.mjs";
import * as fastify from "./fastify.mjs";
import * as hono from "./hono.mjs";
import * as koa from "./koa.mjs";

/** What every framework's module exports: `title`, `packages`, and `contenders`; each has a `start` for its process. */
export const frameworks = { express, fastify, koa, hono };

/** Without sessions: what the others are compared with. */
export const bare = "bare";

/** Without sessions as well, and with what any middleware takes: it does nothing. */
const idle = "a middleware that does nothing";

export const hasSessions = (name) => name !== bare && name !== idle;
