/**
 * Text that knows where it may be broken into lines.
 *
 * The names and their meaning are those of Wadler's "A prettier printer" (https://homepages.inf.ed.ac.uk/wadler/papers/prettier/prettier.pdf).
 */
export type Doc = string | readonly Doc[] | Group | Indent | Break | Choice;

/** On one line if it fits there; else the breaks in it, though not those of groups within, become new lines. */
interface Group {
  readonly kind: "group";
  readonly of: Doc;
}

/** Lines begun in it are indented by one more step. */
interface Indent {
  readonly kind: "indent";
  readonly of: Doc;
}

interface Break {
  readonly kind: "break";
  /** What stands there when the line is not broken; `undefined` if it always is. */
  readonly flat: string | undefined;
}

interface Choice {
  readonly kind: "choice";
  readonly broken: Doc;
  readonly flat: Doc;
}

export const line: Doc = { kind: "break", flat: " " };
export const softLine: Doc = { kind: "break", flat: "" };
export const hardLine: Doc = { kind: "break", flat: undefined };

export function group(...of: readonly Doc[]): Doc {
  return { kind: "group", of };
}

export function indent(...of: readonly Doc[]): Doc {
  return { kind: "indent", of };
}

/** One text or the other, depending on whether the group around it is broken. */
export function ifBroken(broken: Doc, flat: Doc = ""): Doc {
  return { kind: "choice", broken, flat };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

/** A list within brackets, which hangs between them when it is broken. `trail` then follows the last item. */
export function bracketed(
  open: string,
  items: readonly Doc[],
  close: string,
  { pad = softLine, separator = ",", trail = separator }: { pad?: Doc; separator?: string; trail?: string } = {},
): Doc {
  if (items.length === 0) return `${open}${close}`;
  return group(open, indent(pad, join([separator, line], items)), ifBroken(trail), pad, close);
}

interface Command {
  readonly depth: number;
  readonly isBroken: boolean;
  readonly doc: Doc;
}

/** Lays a text out within a width, in columns. Lines are ended by `\n`. */
export function layOut(doc: Doc, width: number): string {
  let text = "";
  let column = 0;
  const rest: Command[] = [{ depth: 0, isBroken: true, doc }];
  for (let command = rest.pop(); command !== undefined; command = rest.pop()) {
    const { depth, doc: current } = command;
    if (typeof current === "string") {
      text += current;
      column += current.length;
    } else if (isBreak(current) && (command.isBroken || current.flat === undefined)) {
      text = `${text.trimEnd()}\n${"  ".repeat(depth)}`;
      column = depth * 2;
    } else if (isGroup(current)) {
      const flat: Command = { depth, isBroken: false, doc: current.of };
      rest.push(fits(flat, rest, width - column) ? flat : { ...flat, isBroken: true });
    } else {
      rest.push(...partsOf(command));
    }
  }
  return text;
}

/** Whether a command, and what follows it up to the next line's end, fits into the columns that are left. */
function fits(first: Command, following: readonly Command[], columns: number): boolean {
  const stack = [first];
  let left = columns;
  for (let next = following.length; left >= 0;) {
    const command = stack.pop() ?? following[--next];
    if (command === undefined) return true;
    if (typeof command.doc === "string") left -= command.doc.length;
    else if (isBreak(command.doc) && command.doc.flat === undefined) return command.isBroken;
    else if (isBreak(command.doc) && command.isBroken) return true;
    else stack.push(...partsOf(command));
  }
  return false;
}

/** What a command consists of, the last part first, as a stack takes it. */
function partsOf({ depth, isBroken, doc }: Command): Command[] {
  if (typeof doc === "string") return [{ depth, isBroken, doc }];
  if (!("kind" in doc)) return doc.map((part) => ({ depth, isBroken, doc: part })).reverse();
  switch (doc.kind) {
    case "group":
      return [{ depth, isBroken, doc: doc.of }];
    case "indent":
      return [{ depth: depth + 1, isBroken, doc: doc.of }];
    case "break":
      return [{ depth, isBroken, doc: doc.flat ?? "" }];
    case "choice":
      return [{ depth, isBroken, doc: isBroken ? doc.broken : doc.flat }];
  }
}

function isGroup(doc: Doc): doc is Group {
  return typeof doc === "object" && "kind" in doc && doc.kind === "group";
}

function isBreak(doc: Doc): doc is Break {
  return typeof doc === "object" && "kind" in doc && doc.kind === "break";
}
