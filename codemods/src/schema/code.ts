import { bracketed, group, hardLine, ifBroken, indent, join, line, type Doc } from "./layout.js";

/** `callee(…)`, the arguments hanging between the parentheses when they don't fit. */
export function call(callee: string, args: readonly Doc[]): Doc {
  return bracketed(`${callee}(`, args, ")");
}

/** `callee({…})` or `callee([…])`: a single literal opens and closes on the lines of the call. */
export function callWithLiteral(callee: Doc, literal: Doc): Doc {
  return [callee, "(", literal, ")"];
}

/** `head.first(…).second(…)`, one line each when two or more calls don't fit on one. */
export function chain(head: Doc, calls: readonly Doc[]): Doc {
  const flat = [head, calls.map((each) => [".", each])];
  if (calls.length < 2) return flat;
  return group(ifBroken([head, indent(calls.map((each) => [hardLine, ".", each]))], flat));
}

export function objectLiteral(entries: readonly Doc[]): Doc {
  return bracketed("{", entries, "}", { pad: line });
}

export function arrayLiteral(items: readonly Doc[]): Doc {
  return bracketed("[", items, "]");
}

/** `open`, then the members, each on lines of its own and below its comment, then `close`. */
export function memberLines(
  open: Doc,
  members: ReadonlyMap<string, Doc>,
  close: string,
  notes: ReadonlyMap<string, string>,
  separator = ",",
): Doc {
  if (members.size === 0) return [open, close];
  const lines = [...members].map(([key, member]) => {
    const note = notes.get(key)?.replace(/\s+/g, " ").trim();
    return [...(note === undefined ? [] : [`// ${note}`, hardLine]), group(member), separator];
  });
  return [open, indent(hardLine, join(hardLine, lines)), hardLine, close];
}
