import { expect, test } from "vitest";
import { createProgressLine } from "./progress.js";

function terminal(isTTY: boolean, columns = 40) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

const plain = (text: string) => text.replaceAll(/\u001B\[(?!2K)\d+m/g, "");

test("rewrites one line on a terminal, and takes it away at the end", () => {
  const screen = terminal(true);
  const { show, end } = createProgressLine(screen, false);
  show("Compiling");
  show("Checking every place");
  end();
  expect(screen.written.map(plain)).toEqual([
    "\r\u001B[2KCompiling …",
    "\r\u001B[2KChecking every place …",
    "\r\u001B[2K",
  ]);
});

test("keeps to the width of the terminal, since a line that wraps can't be rewritten", () => {
  const screen = terminal(true, 12);
  createProgressLine(screen, false).show("Compiling apps/shop/tsconfig.json");
  expect(screen.written.map(plain)).toEqual(["\r\u001B[2KCompiling …"]);
});

test.each([
  ["where nobody watches", false, false],
  ["in continuous integration", true, true],
])("is quiet %s", (_, isTTY, isCi) => {
  const screen = terminal(isTTY);
  const { show, end } = createProgressLine(screen, isCi);
  show("Compiling");
  end();
  expect(screen.written).toEqual([]);
});
