import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface Row {
  readonly path: string;
  readonly title: string;
}

describe.each([
  ["guarantees.md", 20],
  ["../MIGRATION.md", 10],
])("%s", (name, least) => {
  const page = new URL(name, import.meta.url);
  const text = readFileSync(page, "utf8");
  const rows: Row[] = [...text.matchAll(/\[[\w.-]+\]\(([^)]+)\) "([^"]+)"/g)].map(([, path = "", title = ""]) => ({
    path,
    title,
  }));

  test("every row of a table of tests names one", () => {
    const tables = [...text.matchAll(/^\|[^\n]+\| test [^\n]*\n\|[-| ]+\n((?:\|.*\n)+)/gm)].map(
      ([, body = ""]) => body,
    );
    expect(rows).toHaveLength(tables.join("").trimEnd().split("\n").length);
    expect(rows.length).toBeGreaterThan(least);
  });

  test.each(rows)("$path has a test called “$title”", ({ path, title }) => {
    const file = new URL(path, page);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8").replaceAll(/\s+/g, " ")).toContain(title);
  });
});
