import { codeBlocksOf, type CodeBlock } from "./code-blocks.fixture.js";

const kinds = [
  /** A file that was not there. */
  "written by the upgrade",
  "before",
  "after",
  /** What people write, or change, when the upgrade is done. */
  "by hand",
  /** What the transform `move-to-v3` makes of the file before. */
  "moved to v3",
  /** A file that must not compile; the error stands behind it. */
  "does not compile",
] as const;

/** What a block is; without a word, a file that is there, and that the upgrade leaves as it is. */
export type BlockKind = (typeof kinds)[number] | "as it is";

/** A file of an application at one moment of its upgrade. Its first line on the page says which: `// cart.ts, before`. */
export interface GuideBlock {
  readonly line: number;
  readonly file: string;
  readonly kind: BlockKind;
  /** How the compiler's message begins, where it must not compile. */
  readonly error: string | undefined;
  /** Without the first line. */
  readonly code: string;
}

/** The applications of a page by name: each has the blocks that follow its `<!-- application: name -->`. */
export function guideApplications(page: string): ReadonlyMap<string, readonly GuideBlock[]> {
  const applications = new Map<string, GuideBlock[]>();
  const marks = [...page.matchAll(/^<!-- application: (.+) -->$/gm)].map(({ index, 1: name = "" }) => ({
    name,
    line: page.slice(0, index).split("\n").length,
  }));
  for (const block of codeBlocksOf(page).filter(({ language }) => language === "ts")) {
    const mark = marks.findLast(({ line }) => line < block.line);
    if (mark === undefined) throw new Error(`line ${block.line}: no application is named above this block`);
    applications.set(mark.name, [...(applications.get(mark.name) ?? []), toGuideBlock(block)]);
  }
  return applications;
}

function toGuideBlock({ line, code }: CodeBlock): GuideBlock {
  const [, firstLine = "", rest = ""] = /^\/\/ (.*)\n\n?([^]*)$/.exec(code) ?? [];
  const [, file, word, error] = /^([\w./-]+\.ts)(?:, ([a-z\d ]+)(?:: (.+))?)?$/.exec(firstLine) ?? [];
  const kind = word === undefined ? "as it is" : kinds.find((each) => each === word);
  if (file === undefined || kind === undefined || (kind === "does not compile") !== (error !== undefined)) {
    throw new Error(`line ${line}: a block's first line names its file, and what it is: // cart.ts, before`);
  }
  return { line, file, kind, error, code: rest };
}
