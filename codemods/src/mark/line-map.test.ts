import { expect, test } from "vitest";
import { lineMap } from "./line-map.js";

test("follows lines past others that came, went or changed", () => {
  const map = lineMap(["a", "b", "c", "d", "e"], ["import", "a", "B", "d", "e"]);
  expect([1, 2, 3, 4, 5].map(map)).toEqual([2, undefined, undefined, 4, 5]);
  expect([1, 2, 3].map(lineMap(["a", "b", "c"], ["a", "B", "c"]))).toEqual([1, 2, 3]);
  expect([1, 2].map(lineMap(["a", "b"], ["a", "b"]))).toEqual([1, 2]);
});
