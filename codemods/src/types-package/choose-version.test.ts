import { expect, test } from "vitest";
import { chooseVersion, type RangeStyle } from "./choose-version.js";

const published = [
  { version: "1.17.2" },
  { version: "1.17.10", typeScriptVersion: "4.5" },
  { version: "1.18.2", typeScriptVersion: "5.1" },
  { version: "1.19.0", typeScriptVersion: "5.3" },
];

test.each<[RangeStyle, string, string | undefined, string]>([
  ["^", "6.0.3", "1.17.3", "^1.19.0"],
  ["~", "6.0.3", "1.17.3", "~1.17.10"],
  ["~", "6.0.3", "1.18.1", "~1.18.2"],
  ["~", "6.0.3", undefined, "~1.19.0"],
  ["", "6.0.3", "1.17.3", "1.17.10"],
  ["*", "6.0.3", "1.17.3", "*1.19.0"],
  [">=", "5.3.0", undefined, ">=1.19.0"],
  ["^", "5.2.2", "1.18.1", "~1.18.2"],
  ["^", "4.9.5", "1.18.1", "~1.17.10"],
  ["^", "4.2.4", "1.18.1", "1.17.2"],
])("%j under TypeScript %s with version %s of the library: %s", (style, compiler, library, expected) => {
  const chosen = chooseVersion(published, compiler, library, style);
  expect(`${chosen?.style}${chosen?.version}`).toBe(expected);
});

test("a compiler that is too old for all of them", () => {
  expect(chooseVersion(published.slice(1), "4.4.0", undefined, "^")).toBeUndefined();
});
