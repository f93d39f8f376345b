const comments = /\n((?:[^\S\n]*\/\/(?!\/)[^\n]*\n)+)[^\S\n]*$/;

/**
 * Where a declaration begins with the line comments that stand directly above it: they describe it. Those at the head of a
 * file may describe the file, and do not count, nor do those for tools.
 */
export function startWithComments(text: string, start: number): number {
  const [, block = ""] = comments.exec(text.slice(0, start)) ?? [];
  if (block === "" || /\/\/\s*(?:@ts-|eslint-|prettier-|#(?:end)?region)/.test(block)) return start;
  const begin = text.lastIndexOf(block, start);
  return begin + block.search(/\S/);
}
