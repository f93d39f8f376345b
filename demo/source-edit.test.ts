import { expect, test } from "vitest";
import { replaceOnce, unifiedDiff } from "./source-edit.mjs";

test("an edit replaces the one place, and takes the new text as it is", () => {
  expect(replaceOnce("a(b);", "b", "$& $1")).toBe("a($& $1);");
});

test.each([
  ["a", "found it 0 times"],
  ["bbb", "found it 3 times"],
])("an edit of %o, which has no single place for it, is refused", (source, reason) => {
  expect(() => replaceOnce(source, "b", "c")).toThrow(reason);
});

test("a diff names the file and shows the changed lines only with what is near them", () => {
  const before = "1\n2\n3\n4\n5\n6\n";
  expect(unifiedDiff("src/app.ts", before, before.replace("5", "five"))).toBe(
    "--- src/app.ts\n+++ src/app.ts\n@@ -3,4 +3,4 @@\n 3\n 4\n-5\n+five\n 6\n",
  );
});
