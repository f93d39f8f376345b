import type { FastifyInstance } from "fastify";

export * from "typed-session";
export * from "typed-session/fastify";
export * from "./shop.js";

export declare const app: FastifyInstance;
