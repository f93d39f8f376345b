export { Controller, Get, UseGuards } from "@nestjs/common";
export { z } from "zod";
export { requireSession, Session } from "typed-session/nest";
export * from "./shop.js";
