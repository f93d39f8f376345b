import type { Edit } from "./site.js";

/**
 * Applies edits to a text. Everything outside them stays as it is, to the byte.
 *
 * @throws RangeError when two edits overlap: their result would depend on their order.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = inOrder(edits);
  let result = "";
  let position = 0;
  for (const { start, end, text: replacement } of sorted) {
    if (start < position) throw new RangeError(`Two edits overlap at offset ${start}`);
    result += text.slice(position, start) + replacement;
    position = end;
  }
  return result + text.slice(position);
}

/** Where an offset of the edited text was in the original one. Inside a replacement: where that began. */
export function originalOffset(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of inOrder(edits)) {
    const startAfter = start + shift;
    if (offset < startAfter) break;
    if (offset < startAfter + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}
