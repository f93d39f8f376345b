import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SessionConfigError } from "../errors.js";
import { createKeyRing } from "./key-ring.js";

const secret = "correct horse battery staple, twice over";
const keys = createKeyRing(secret, "p");

test("what was sealed opens, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(keys.open(keys.seal(text))).toEqual({ text: Buffer.from(text).toString(), keyIndex: 0 });
    }),
  );
});

test("one text is sealed differently each time", () => {
  expect(keys.seal("text")).not.toBe(keys.seal("text"));
});

test("no changed character opens", () => {
  const sealed = keys.seal("a session");
  for (let at = 0; at < sealed.length; at += 1) {
    for (const other of ["A", "B", "-", "_", "=", "é", ""]) {
      if (sealed[at] === other) continue;
      expect(keys.open(sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull();
    }
  }
});

test("no changed bit opens", () => {
  const bytes = Buffer.from(keys.seal("a session"), "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(keys.open(changed.toString("base64url"))).toBeNull();
  }
});

test("garbage never opens and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.base64String()), (text) => {
      expect(keys.open(text)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test("what was sealed for one purpose does not open for another", () => {
  expect(createKeyRing(secret, "another cookie").open(keys.seal("text"))).toBeNull();
});

test("a ring opens what any of its keys sealed, and seals with the first", () => {
  const next = "another secret of more than 32 characters";
  const ring = createKeyRing([next, secret], "p");
  expect(ring.open(keys.seal("old"))).toEqual({ text: "old", keyIndex: 1 });
  expect(createKeyRing(next, "p").open(ring.seal("new"))).toEqual({ text: "new", keyIndex: 0 });
  expect(keys.open(ring.seal("new"))).toBeNull();
});

describe("secrets that can't work", () => {
  test.each([
    ["is missing", undefined],
    ["is missing", []],
    ["is null", null],
    ["is a number", 5],
    ["has 0 characters", ""],
    ["has 31 characters", "x".repeat(31)],
    ["has 31 bytes", new Uint8Array(31)],
    ["has 5 characters", [secret, "short"]],
  ])("%s", (problem, given) => {
    const create = (secrets: never) => createKeyRing(secrets, "p");
    expect(() => create(given as never)).toThrow(SessionConfigError);
    expect(() => create(given as never)).toThrow(`Session option \`secret\` ${problem}`);
  });

  test("the message never holds the secret", () => {
    expect(() => createKeyRing("hunter2", "p")).toThrow(/^(?!.*hunter2)/s);
    expect(() => createKeyRing("hunter2", "p")).toThrow("has 7 characters");
  });
});
