import { expect, test } from "vitest";
import { takeRandomBytes } from "./random-bytes.js";

test("no bytes are given out twice, nor changed later, over many pools", () => {
  const taken = Array.from({ length: 5000 }, (_, index) => takeRandomBytes(12 + (index % 5)));
  const texts = taken.map((bytes) => bytes.toString("hex"));
  expect(new Set(texts.map((text) => text.slice(0, 24))).size).toBe(taken.length);
  takeRandomBytes(4096);
  expect(taken.map((bytes) => bytes.toString("hex"))).toEqual(texts);
  expect(taken.every((bytes, index) => bytes.length === 12 + (index % 5))).toBe(true);
});

test("views overlap nowhere", () => {
  const taken = Array.from({ length: 1000 }, () => takeRandomBytes(9));
  const before = taken.map((bytes) => bytes.toString("hex"));
  for (const [index, bytes] of taken.entries()) {
    bytes.fill(0);
    const changed = taken.flatMap((other, at) => (other.toString("hex") === before[at] ? [] : [at]));
    expect(changed).toEqual([index]);
    Buffer.from(before[index] ?? "", "hex").copy(bytes);
  }
});
