import Router from "@koa/router";
import Koa from "koa";

export { default as session } from "koa-session";
export { requireSession, typed } from "typed-session/koa-session";
export * from "./shop.js";

export const app = new Koa();
export const router = new Router();
