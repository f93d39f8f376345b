/**
 * What the types of frameworks and session libraries come to, in a few lines each: as files of `node_modules`, by path.
 * Each declares the session where the real package does.
 */
export const express = {
  "node_modules/express/package.json": `{ "name": "express", "version": "5.0.0", "types": "index.d.ts" }`,
  "node_modules/express/index.d.ts": `
declare global { namespace Express { interface Request {} } }
declare namespace e {
  interface Request extends Express.Request { body: any; params: Record<string, string>; path: string }
  interface Response { json(body: any): void; redirect(to: string): void }
  type Handler = (req: Request, res: Response, next: () => void) => void;
  interface Router { get(path: string, ...handlers: Handler[]): void; post(path: string, ...handlers: Handler[]): void }
}
declare function e(): e.Router;
export = e;
`,
};

export const expressSession = {
  ...express,
  "node_modules/express-session/package.json": `{ "name": "express-session", "version": "1.18.1" }`,
  "node_modules/@types/express-session/package.json": `{ "name": "@types/express-session", "version": "1.18.0", "types": "index.d.ts" }`,
  "node_modules/@types/express-session/index.d.ts": `
import express = require("express");
declare global { namespace Express { interface Request { session: session.Session & Partial<session.SessionData>; sessionID: string } } }
declare namespace session {
  interface Cookie { maxAge?: number }
  interface SessionData { cookie: Cookie }
  class Session { id: string; cookie: Cookie; destroy(callback: (error: any) => void): this; save(callback?: (error: any) => void): this }
}
declare function session(options: { secret: string }): express.Handler;
export = session;
`,
};

/** In 1.17.1 alone, a session may be one without `SessionData`. */
export const expressSession1171 = {
  ...express,
  "node_modules/@types/express-session/package.json": `{ "name": "@types/express-session", "version": "1.17.1", "types": "index.d.ts" }`,
  "node_modules/@types/express-session/index.d.ts": `
import express = require("express");
declare global { namespace Express { interface Request { session: session.Session | session.InitializedSession; sessionID: string } } }
declare namespace session {
  type InitializedSession = Session & SessionData;
  interface SessionData { cookie: { maxAge?: number } }
  class Session { id: string; destroy(callback: (error: any) => void): this }
}
declare function session(options: { secret: string }): express.Handler;
export = session;
`,
};

/** Before 1.17.1: the keys are read from the global namespace, and any other one is any. */
export const oldExpressSession = {
  ...express,
  "node_modules/@types/express-session/package.json": `{ "name": "@types/express-session", "version": "1.17.0", "types": "index.d.ts" }`,
  "node_modules/@types/express-session/index.d.ts": `
import express = require("express");
declare global {
  namespace Express {
    interface Request { session?: Session; sessionID?: string }
    interface SessionData { [key: string]: any; cookie: { maxAge: number | null } }
    interface Session extends SessionData { id: string; destroy(callback: (error: any) => void): void }
  }
}
declare namespace session { interface SessionOptions { secret: string } }
declare function session(options: { secret: string }): express.Handler;
export = session;
`,
};

export const cookieSession = {
  ...express,
  "node_modules/@types/cookie-session/package.json": `{ "name": "@types/cookie-session", "version": "2.0.49", "types": "index.d.ts" }`,
  "node_modules/@types/cookie-session/index.d.ts": `
declare namespace Express { interface Request extends CookieSessionInterfaces.CookieSessionRequest {} }
declare namespace CookieSessionInterfaces {
  interface CookieSessionObject { isNew?: boolean; [propertyName: string]: any }
  interface CookieSessionRequest { session?: CookieSessionObject | null | undefined }
}
declare module "cookie-session" { function cookieSession(options: { secret: string }): any; export = cookieSession }
`,
};

export const koaSession = {
  "node_modules/koa/package.json": `{ "name": "koa", "version": "3.0.0", "types": "index.d.ts" }`,
  "node_modules/koa/index.d.ts": `
declare class Koa { use(middleware: (ctx: Koa.Context) => void): this }
declare namespace Koa { interface Context { path: string; body: any } }
export = Koa;
`,
  "node_modules/@types/koa-session/package.json": `{ "name": "@types/koa-session", "version": "6.4.5", "types": "index.d.ts" }`,
  "node_modules/@types/koa-session/index.d.ts": `
import Koa = require("koa");
declare module "koa" { interface Context { session: session.Session | null } }
declare function session(app: Koa): any;
declare namespace session { interface Session { isNew: boolean; maxAge: number; [propertyName: string]: any } }
export = session;
`,
};

/** Since 7, it brings types of its own, which give no context a session; those of @types are for older ones. */
export const koaSession7 = {
  "node_modules/koa/package.json": koaSession["node_modules/koa/package.json"],
  "node_modules/koa/index.d.ts": `
declare class Koa { use(middleware: (ctx: Koa.Context) => void): this }
declare namespace Koa { interface BaseContext { path: string } interface Context extends BaseContext { body: any } }
export = Koa;
`,
  "node_modules/koa-session/package.json": `{ "name": "koa-session", "version": "7.0.2", "types": "index.d.ts" }`,
  "node_modules/koa-session/index.d.ts": `export declare function createSession(app: any): any;\nexport default createSession;\n`,
};

export const fastifySession = {
  "node_modules/fastify/package.json": `{ "name": "fastify", "version": "5.0.0", "types": "index.d.ts" }`,
  "node_modules/fastify/index.d.ts": `
export interface FastifyRequest { body: any }
export interface FastifyReply { send(body: any): void }
`,
  "node_modules/@fastify/session/package.json": `{ "name": "@fastify/session", "version": "11.0.0", "types": "index.d.ts" }`,
  "node_modules/@fastify/session/index.d.ts": `
import "fastify";
declare module "fastify" {
  interface FastifyRequest { session: fastifySession.FastifySessionObject }
  interface Session { cookie: { maxAge: number } }
}
declare namespace fastifySession { interface FastifySessionObject extends Session { sessionId: string; destroy(): Promise<void> } }
import type { Session } from "fastify";
declare function fastifySession(): void;
export = fastifySession;
`,
};

export const secureSession = {
  "node_modules/fastify/package.json": `{ "name": "fastify", "version": "5.0.0", "types": "index.d.ts" }`,
  "node_modules/fastify/index.d.ts": `export interface FastifyRequest { body: any }\n`,
  "node_modules/@fastify/secure-session/package.json": `{ "name": "@fastify/secure-session", "version": "8.2.0", "types": "index.d.ts" }`,
  "node_modules/@fastify/secure-session/index.d.ts": `
import "fastify";
declare module "fastify" { interface FastifyRequest { session: secureSession.Session } }
interface SessionData {}
declare namespace secureSession {
  type Session<T = SessionData> = Partial<T> & { get<K extends keyof T>(key: K): T[K] | undefined; get(key: string): any; set<K extends keyof T>(key: K, value: T[K] | undefined): void; delete(): void };
}
declare function secureSession(): void;
export = secureSession;
`,
};

export const ironSession6 = {
  "node_modules/iron-session/package.json": `{ "name": "iron-session", "version": "6.3.1", "types": "index.d.ts" }`,
  "node_modules/iron-session/index.d.ts": `
export interface IronSessionData {}
export type IronSession = IronSessionData & { save(): Promise<void>; destroy(): void };
declare module "http" { interface IncomingMessage { session: import("iron-session").IronSession } }
`,
  "node_modules/@types/http/package.json": `{ "name": "@types/http", "version": "1.0.0", "types": "index.d.ts" }`,
  "node_modules/@types/http/index.d.ts": `export interface IncomingMessage { url?: string }\n`,
};

/** Since 8: generic, and no request has a session unless the application says so. */
export const ironSession8 = {
  ...express,
  "node_modules/iron-session/package.json": `{ "name": "iron-session", "version": "8.0.4", "types": "index.d.ts" }`,
  "node_modules/iron-session/index.d.ts": `
interface SessionOptions { cookieName: string; password: string }
type IronSession<T> = T & { readonly save: () => Promise<void>; readonly destroy: () => void };
declare const getIronSession: <T extends object>(req: object, res: object, options: SessionOptions) => Promise<IronSession<T>>;
export { type IronSession, type SessionOptions, getIronSession };
`,
};

export const typedSession = {
  "node_modules/typed-session/package.json": `{ "name": "typed-session", "version": "2.0.0", "types": "index.d.ts" }`,
  "node_modules/typed-session/index.d.ts": `
export type SessionDict = Record<string, any>;
export interface Register {}
export interface SessionDefinition<out TSession> { readonly parse: (raw: unknown) => TSession }
export declare function defineSession<T>(options: { schema: { parse(raw: unknown): T } }): SessionDefinition<T>;
export type DefaultSession = Register extends { session: SessionDefinition<infer TSession> } ? TSession : SessionDict;
export declare class Request<User = unknown, Auth = unknown, State extends object = SessionDict, TSession = DefaultSession> {
  user: User; auth: Auth; state: State; session: TSession;
}
`,
};

export const nest = {
  ...expressSession,
  "node_modules/@nestjs/common/package.json": `{ "name": "@nestjs/common", "version": "11.0.0", "types": "index.d.ts" }`,
  "node_modules/@nestjs/common/index.d.ts": `
export declare function Session(): ParameterDecorator;
export declare function Controller(path: string): ClassDecorator;
export declare function Post(path: string): MethodDecorator;
export interface HttpArgumentsHost { getRequest<T = any>(): T }
export interface ExecutionContext { switchToHttp(): HttpArgumentsHost }
`,
};
