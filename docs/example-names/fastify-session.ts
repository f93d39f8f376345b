import type { FastifyInstance } from "fastify";

export { default as cookie } from "@fastify/cookie";
export { default as session } from "@fastify/session";
export { requireSession, typed } from "typed-session/fastify-session";
export * from "./shop.js";

export declare const app: FastifyInstance;
