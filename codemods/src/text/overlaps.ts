import type { Edit } from "typed-session-sites";

/** Edits that are made together or not at all. */
export interface EditGroup {
  readonly edits: readonly Edit[];
  /** Whether it rather stays where others can go. Default false. */
  readonly mustStay?: boolean;
}

/**
 * Finds the groups to leave out, so that no two edits overlap: of two groups, the one with the longer edit, which is around
 * the other's; else the later one.
 *
 * @returns each of them, with the group that it would overlap with: itself, where it is at odds with itself
 */
export function findOverlaps<Group extends EditGroup>(groups: readonly Group[]): ReadonlyMap<Group, Group> {
  const out = new Map<Group, Group>();
  for (;;) {
    const pair = firstOverlap(groups.filter((each) => !out.has(each)));
    if (pair === undefined) return out;
    const [outer, inner] = pair;
    if (outer.mustStay === true && inner.mustStay !== true) out.set(inner, outer);
    else out.set(outer, inner);
  }
}

function firstOverlap<Group extends EditGroup>(groups: readonly Group[]): readonly [Group, Group] | undefined {
  const all = groups.flatMap((group, order) => group.edits.map((edit) => ({ ...edit, group, order })));
  all.sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  for (const [index, next] of all.entries()) {
    const previous = all[index - 1];
    if (previous === undefined || next.start >= previous.end) continue;
    const longer = previous.end - previous.start - (next.end - next.start) || previous.order - next.order;
    return longer > 0 ? [previous.group, next.group] : [next.group, previous.group];
  }
  return undefined;
}

/** Those of further edits that overlap neither with others nor with one another. */
export function thatFit(edits: readonly Edit[], further: readonly Edit[]): Edit[] {
  const fitting: Edit[] = [];
  for (const each of further) if (![...edits, ...fitting].some((other) => overlap(each, other))) fitting.push(each);
  return fitting;
}

/** An insertion overlaps with what goes on both sides of it. */
function overlap(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end;
}
