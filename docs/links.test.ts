import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import GithubSlugger from "github-slugger";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

const pages = globSync(["*.md", "{docs,bench,demo,examples,eslint-rules,codemods}/**/*.md"], {
  cwd: root,
  ignore: ["**/node_modules/**", "**/fixtures/*/**"],
}).sort();

/** What a page can be entered by: its headings, as GitHub names them, and anchors of its own. */
function anchorsOf(page: string): Set<string> {
  const slugger = new GithubSlugger();
  const text = withoutCode(readFileSync(page, "utf8"));
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => slugger.slug(asText(heading)));
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id)]);
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, "");
}

/** A heading without its markup. */
function asText(heading: string): string {
  return heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]|\\(?=[<>_])/g, "");
}

function linksOf(page: string): string[] {
  const text = withoutCode(readFileSync(page, "utf8")).replace(/`[^`\n]*`/g, "");
  const markdown = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  const images = [...text.matchAll(/<img src="([^"]+)"/g)].map(([, link = ""]) => link);
  return [...markdown, ...images].filter((link) => !/^[a-z]+:/.test(link));
}

function isDead(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#", 2);
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(target).has(anchor);
}

test.each(pages)("every link of %s leads somewhere", (name) => {
  const page = join(root, name);
  const dead = linksOf(page).filter((link) => isDead(page, link));
  expect(dead.map((link) => `${relative(root, page)}: ${link}`)).toEqual([]);
});

test("the pages and their links are found", () => {
  expect(pages).toContain("README.md");
  expect(pages).toContain("docs/api/typed-session.md");
  expect(linksOf(join(root, "docs/api/typed-session.md")).length).toBeGreaterThan(100);
  expect(anchorsOf(join(root, "CONTRIBUTING.md"))).toContain("a-new-store");
});
