import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("guarantees.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/\[[\w.-]+\]\(([^)]+)\) "([^"]+)"/g)].map(([, path = "", title = ""]) => ({
  path,
  title,
}));

test("every row of a table names a test", () => {
  const tableRows = page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| promise"));
  expect(rows).toHaveLength(tableRows.filter((line) => !/^\| -+ \|/.test(line)).length);
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)("$path has a test called “$title”", ({ path, title }) => {
  const file = new URL(path, import.meta.url);
  expect(existsSync(file)).toBe(true);
  const titles = readFileSync(file, "utf8").replaceAll(/\s+/g, " ");
  expect(titles).toContain(title);
});
