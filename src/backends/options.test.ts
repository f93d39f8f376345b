import { describe, expect, test } from "vitest";
import { SessionConfigError } from "../errors.js";
import { MemoryStore } from "../stores/index.js";
import { ClientSideSessionBackend, ServerSideSessionBackend } from "./index.js";

const secret = "a secret of more than 32 characters";
const store = new MemoryStore();
const client = (options: object) => () => new ClientSideSessionBackend({ secret, ...options });
const server = (options: object) => () => new ServerSideSessionBackend({ store, ...options });

describe.each([
  ["ClientSideSessionBackend", client],
  ["ServerSideSessionBackend", server],
])("%s refuses what can't work", (_name, create) => {
  test.each([
    ["maxAge", "is 0", { maxAge: 0 }],
    ["maxAge", "is -1", { maxAge: -1 }],
    ["maxAge", "is 0.5", { maxAge: 0.5 }],
    ["maxAge", "is NaN", { maxAge: Number.NaN }],
    ["maxAge", "is Infinity", { maxAge: Infinity }],
    ["maxAge", "is a string", { maxAge: "3600" }],
    ["key", "is a string of 0 characters", { key: "" }],
    ["key", "is a string of 257 characters", { key: "k".repeat(257) }],
    ["key", "is a number", { key: 5 }],
    ["key", "is null", { key: null }],
    ["key, path or domain", "can't stand in a cookie", { key: "a b" }],
    ["key, path or domain", "can't stand in a cookie", { key: "a\r\nSet-Cookie: b" }],
    ["key, path or domain", "can't stand in a cookie", { path: "/;secure" }],
    ["key, path or domain", "can't stand in a cookie", { domain: "example.com; x" }],
    ["key", "begins with __Host-", { key: "__Host-id", domain: "example.com" }],
    ["key", "begins with __Host-", { key: "__Host-id", path: "/app" }],
    ["key", "begins with __Host-", { key: "__Host-id", secure: false }],
    ["key", "begins with __Secure-", { key: "__Secure-id", secure: false }],
    ["sameSite", 'is "none"', { sameSite: "none", secure: false }],
    ["sameSite", "option sameSite is invalid", { sameSite: "sometimes" }],
    ["exclude", 'holds "("', { exclude: "(" }],
    ["exclude", "holds a number", { exclude: [5] }],
    ["session", "is an object", { session: {} }],
    ["session", "is undefined", { session: undefined }],
  ])("%s %s", (option, problem, options) => {
    expect(create(options)).toThrow(SessionConfigError);
    expect(create(options)).toThrow(problem);
    expect(create(options)).toThrow(option);
  });

  test("__Host- is taken where browsers take it", () => {
    expect(create({ key: "__Host-id", secure: true })).not.toThrow();
  });

  test("cookies are for HTTPS unless NODE_ENV is development", () => {
    const before = process.env["NODE_ENV"];
    try {
      process.env["NODE_ENV"] = "development";
      expect(create({})().options.cookie.secure).toBe(false);
      process.env["NODE_ENV"] = "production";
      expect(create({})().options.cookie.secure).toBe(true);
      delete process.env["NODE_ENV"];
      expect(create({})().options.cookie.secure).toBe(true);
    } finally {
      process.env["NODE_ENV"] = before;
    }
  });
});

test.each([
  ["is missing", {}],
  ["is missing", { store: undefined }],
  ["is an object without the method get", { store: {} }],
  ["is an instance of Map without the method renew", { store: new Map() }],
])("ServerSideSessionBackend: `store` %s", (problem, options) => {
  const create: (options: never) => unknown = (given) => new ServerSideSessionBackend(given);
  expect(() => create(options as never)).toThrow(SessionConfigError);
  expect(() => create(options as never)).toThrow(`\`store\` ${problem}`);
});
