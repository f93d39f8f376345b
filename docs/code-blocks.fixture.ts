/** A code block of a page. */
export interface CodeBlock {
  /** The line of the page that its code begins in. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The code blocks of a page, in their order. */
export function codeBlocksOf(page: string): CodeBlock[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ index, 1: language = "", 2: code = "" }) => ({
    line: page.slice(0, index).split("\n").length + 1,
    language,
    code,
  }));
}
