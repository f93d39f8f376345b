import type { FastifyInstance } from "fastify";

export { default as secureSession } from "@fastify/secure-session";
export { requireSession, typed } from "typed-session/fastify-secure-session";
export * from "./shop.js";

export declare const app: FastifyInstance;
export declare const key: Buffer;
