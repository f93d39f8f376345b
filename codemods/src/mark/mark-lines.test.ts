import { describe, expect, test } from "vitest";
import { markLines } from "./mark-lines.js";

function mark(text: string, line: number, path = "a.ts"): string {
  return markLines(path, text, new Map([[line, "why"]])).text;
}

test("stands above the line, as far in, with the file's line ends", () => {
  expect(mark("{\r\n\tuse(session);\r\n}\r\n", 2)).toBe(
    "{\r\n\t// TODO(typed-session): why\r\n\tuse(session);\r\n}\r\n",
  );
  expect(mark("use(session);", 1)).toBe("// TODO(typed-session): why\nuse(session);");
});

test("marks several lines of a file, each once", () => {
  const text = "a(session);\nb();\nc(session);\n";
  const reasons = new Map([
    [1, "one"],
    [3, "three"],
  ]);
  const marked = "// TODO(typed-session): one\na(session);\nb();\n// TODO(typed-session): three\nc(session);\n";
  expect(markLines("a.ts", text, reasons)).toEqual({ text: marked, unmarked: [] });
  const again = new Map([
    [2, "one"],
    [5, "other words"],
  ]);
  expect(markLines("a.ts", marked, again).text).toBe(marked);
});

describe("comes before what speaks of the next line", () => {
  test.each([
    ["// @ts-ignore"],
    ["// @ts-expect-error old types"],
    ["// eslint-disable-next-line no-unsafe"],
    ["/* eslint-disable-next-line no-unsafe */"],
    ["// prettier-ignore"],
    ["/* istanbul ignore next */"],
    ["/*\n * eslint-disable-next-line no-unsafe\n */"],
    ["// eslint-disable-next-line no-unsafe\n// @ts-ignore"],
  ])("%j", (comment) => {
    const line = comment.split("\n").length + 2;
    const text = `a();\n${comment}\nuse(session);\n`;
    const marked = `a();\n// TODO(typed-session): why\n${comment}\nuse(session);\n`;
    expect(mark(text, line)).toBe(marked);
    expect(mark(marked, line + 1)).toBe(marked);
  });

  test("and right above the line where the comment says something else", () => {
    expect(mark("// the cart\nuse(session);\n", 2)).toBe("// the cart\n// TODO(typed-session): why\nuse(session);\n");
  });
});

describe("in JSX", () => {
  const element = "const a = (\n  <p>\n    Hello\n    {session.name}\n  </p>\n);\n";

  test("is an expression among an element's children", () => {
    expect(mark(element, 4, "a.tsx")).toBe(
      "const a = (\n  <p>\n    Hello\n    {/* TODO(typed-session): why */}\n    {session.name}\n  </p>\n);\n",
    );
  });

  test("is there once", () => {
    const once = mark(element, 4, "a.tsx");
    expect(mark(once, 5, "a.tsx")).toBe(once);
  });

  test("is a plain comment among attributes", () => {
    const text = "const a = (\n  <p\n    title={session.name}\n  />\n);\n";
    expect(mark(text, 3, "a.tsx")).toContain("<p\n    // TODO(typed-session): why\n    title=");
  });

  test("does not end early where the reason has the end of a comment", () => {
    const { text } = markLines("a.tsx", element, new Map([[4, "*/ }"]]));
    expect(text).toContain("{/* TODO(typed-session): * / } */}\n");
  });
});

test("can't stand in a template, and says so", () => {
  const text = "const a = `one\n${session.name}\ntwo`;\n";
  expect(markLines("a.ts", text, new Map([[2, "why"]]))).toEqual({ text, unmarked: [2] });
});

test("stands between a return and its value only where a line ends there anyway", () => {
  const text = "function f() {\n  return (\n    session.name\n  );\n}\n";
  expect(mark(text, 3)).toBe(
    "function f() {\n  return (\n    // TODO(typed-session): why\n    session.name\n  );\n}\n",
  );
  expect(mark("function f() {\n  return session.name;\n}\n", 2)).toContain(
    "// TODO(typed-session): why\n  return session",
  );
});
