import { expect, test } from "vitest";
import { startWithComments } from "./start-with-comments.js";

test.each([
  ["comments directly above go along", "import a;\n\n  // one\n  // two\n  interface A {}", "// one"],
  ["those above a blank line do not", "import a;\n// one\n\ninterface A {}", "interface A"],
  ["nor does the head of a file", "// licence\ninterface A {}", "interface A"],
  ["nor what is meant for a tool", "import a;\n// eslint-disable-next-line\ninterface A {}", "interface A"],
  ["nor a reference", '\n/// <reference types="node" />\ninterface A {}', "interface A"],
  ["nor the comment at the end of the line before", "import a; // one\ninterface A {}", "interface A"],
])("%s", (_, text, beginning) => {
  const start = startWithComments(text, text.indexOf("interface A"));
  expect(text.slice(start).startsWith(beginning)).toBe(true);
});
