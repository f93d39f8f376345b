import { expect, test } from "vitest";
import { applyEdits, originalOffset } from "./apply-edits.js";

const edits = [
  { start: 6, end: 7, text: "GHI" },
  { start: 1, end: 3, text: "" },
  { start: 3, end: 3, text: "+" },
];

test("edits apply in the order of the text, whatever order they come in", () => {
  expect(applyEdits("abcdefgh", edits)).toBe("a+defGHIh");
});

test("overlapping edits are refused", () => {
  const overlapping = [
    { start: 0, end: 2, text: "" },
    { start: 1, end: 3, text: "" },
  ];
  expect(() => applyEdits("abc", overlapping)).toThrow("Two edits overlap at offset 1");
});

test.each([
  [0, 0],
  [1, 3],
  [2, 3],
  [4, 5],
  [5, 6],
  [7, 6],
  [8, 7],
])("offset %i of the edited text was at %i", (after, before) => {
  expect(originalOffset(edits, after)).toBe(before);
});
