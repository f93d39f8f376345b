import Router from "@koa/router";
import Koa from "koa";

export * from "typed-session";
export { requireSession, sessions } from "typed-session/koa";
export * from "./shop.js";

export const app = new Koa();
export const router = new Router();
