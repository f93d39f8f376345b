import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, test } from "vitest";
import type { Tree } from "../tree.js";
import { parseEstree } from "./parse-estree.js";

type Node = TSESTree.Node;

function* walk(tree: Tree<Node>, node: Node = tree.root): Generator<Node> {
  yield node;
  for (const child of tree.children(node)) yield* walk(tree, child);
}

/** The outermost node whose own text is exactly `text`. */
function find(tree: Tree<Node>, text: string, kind?: string): Node {
  for (const node of walk(tree)) {
    if (textOf(tree, node) === text && (!kind || tree.shape(node).kind === kind)) return node;
  }
  throw new Error(`No node reads ${text} in ${tree.text}`);
}

function textOf(tree: Tree<Node>, node: Node | undefined): string | undefined {
  if (!node) return undefined;
  const { start, end } = tree.range(node);
  return tree.text.slice(start, end);
}

describe("shapes", () => {
  test.each([
    ["req.session", { kind: "member", name: "session", optional: false }],
    ["req?.session", { kind: "member", name: "session", optional: true }],
    ["this.#session", { kind: "member", name: "#session", optional: false }],
    ['req["session"]', { kind: "element", key: "session", optional: false }],
    ["req[`session`]", { kind: "element", key: "session", optional: false }],
    ["req?.[`a${b}`]", { kind: "element", key: undefined, optional: true }],
    ["req[0]", { kind: "element", key: undefined, optional: false }],
    ["req[key]", { kind: "element", key: undefined, optional: false }],
    ["load(req, res)", { kind: "call", optional: false }],
    ["load?.(req)", { kind: "call", optional: true }],
    ["req as any", { kind: "cast", form: "as" }],
    ["<any>req", { kind: "cast", form: "angle-bracket" }],
    ["req!", { kind: "non-null" }],
    ["req", { kind: "identifier", name: "req" }],
    ["this", { kind: "this" }],
    ["req satisfies object", { kind: "other" }],
    ["new Session(req)", { kind: "other" }],
  ])("%s", (text, expected) => {
    const tree = parseEstree(`class A { #session; m() { return ${text}; } }`);
    expect(tree.shape(find(tree, text))).toMatchObject(expected);
  });

  test("a cast names its expression and its type", () => {
    const tree = parseEstree("(req?.session as unknown as Shop<A>).cart");
    const shape = tree.shape(find(tree, "req?.session as unknown as Shop<A>"));
    if (shape.kind !== "cast") throw new Error(shape.kind);
    expect(textOf(tree, shape.expression)).toBe("req?.session as unknown");
    expect(textOf(tree, shape.type)).toBe("Shop<A>");
    const inner = tree.shape(shape.expression);
    if (inner.kind !== "cast") throw new Error(inner.kind);
    expect(tree.shape(inner.expression)).toMatchObject({ kind: "member", optional: true });
  });

  test("a call names its callee and its arguments, with optional chains as plain nodes", () => {
    const tree = parseEstree("(a?.cast)(Shop, req?.session)");
    const shape = tree.shape(find(tree, "(a?.cast)(Shop, req?.session)", "call"));
    if (shape.kind !== "call") throw new Error(shape.kind);
    expect(tree.shape(shape.callee)).toMatchObject({ kind: "member", name: "cast" });
    expect(shape.arguments.map((node) => tree.shape(node).kind)).toEqual(["identifier", "member"]);
  });

  test("an import lists the names that it brings in", () => {
    const text = 'import all, { cast as c, "odd name" as odd } from "typed-session"; import * as ns from "koa";';
    const tree = parseEstree(text);
    const imports = tree.children(tree.root).map((node) => tree.shape(node));
    expect(imports).toMatchObject([
      {
        kind: "import",
        module: "typed-session",
        specifiers: [
          { imported: "default", local: "all" },
          { imported: "cast", local: "c" },
          { imported: "odd name", local: "odd" },
        ],
      },
      { kind: "import", module: "koa", specifiers: [{ imported: "*", local: "ns" }] },
    ]);
  });
});

describe("children and parents", () => {
  const text = `
    @Controller() class A<T> { constructor(@Session() private session: any) {} }
    const { session, user: { id = 1 } } = req?.session!.a?.[b](c) ?? <T>d;
    for (const [k, v] of Object.entries(x)) label: { if (k) delete y?.z; }
    export default async ({ session }: Request & { session: any }) => \`a\${session}b\${x}\`;`;

  test("every child knows its parent", () => {
    const tree = parseEstree(text);
    for (const node of walk(tree)) {
      for (const child of tree.children(node)) expect(tree.parent(child)).toBe(node);
    }
  });

  test("children come in source order and inside their parent", () => {
    const tree = parseEstree(text);
    for (const node of walk(tree)) {
      const starts = tree.children(node).map((child) => tree.range(child).start);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      for (const child of tree.children(node)) {
        // A name ends before its annotation, and begins behind its decorators, as in the compiler's tree.
        if (node === tree.root || child.type === "TSTypeAnnotation" || child.type === "Decorator") continue;
        expect(tree.range(child).start).toBeGreaterThanOrEqual(tree.range(node).start);
        expect(tree.range(child).end).toBeLessThanOrEqual(tree.range(node).end);
      }
    }
  });

  test("there is no node for an optional chain", () => {
    const tree = parseEstree("(a?.b.c as any).d");
    expect([...walk(tree)].map((node) => node.type)).not.toContain("ChainExpression");
    expect(textOf(tree, tree.parent(find(tree, "a?.b.c")))).toBe("a?.b.c as any");
  });

  test("a shorthand property names its key once", () => {
    const tree = parseEstree("const { session } = req;");
    expect(
      [...walk(tree)].filter((node) => textOf(tree, node) === "session" && node.type === "Identifier"),
    ).toHaveLength(1);
  });

  test("the root has no parent and no parentheses", () => {
    const tree = parseEstree("(a)");
    expect(tree.parent(tree.root)).toBeUndefined();
    expect(tree.parentheses(tree.root)).toEqual([]);
  });
});

describe("parentheses", () => {
  const pairsAround = (text: string, name = "x", kind?: string) => {
    const tree = parseEstree(text);
    return tree.parentheses(find(tree, name, kind)).map(({ start, end }) => tree.text.slice(start, end));
  };

  test.each([
    ["(x).y", ["(x)"]],
    ["((x)).y", ["(x)", "((x))"]],
    ["( /* why */ x ) .y", ["( /* why */ x )"]],
    ["f((x))", ["(x)"]],
    ["f((x), y)", ["(x)"]],
    ["f((x),)", ["(x)"]],
    ["new F((x))", ["(x)"]],
    ["((x))()", ["(x)", "((x))"]],
    ["if ((x)) y", ["(x)"]],
    ["while ((x)) y", ["(x)"]],
    ["do y; while ((x))", ["(x)"]],
    ["switch ((x)) {}", ["(x)"]],
    ["import((x))", ["(x)"]],
    ["for (const y of (x)) {}", ["(x)"]],
    ["() => (x)", ["(x)"]],
    ["`${(x)}`", ["(x)"]],
  ])("%s", (text, expected) => {
    expect(pairsAround(text)).toEqual(expected);
  });

  test.each([
    "x.y",
    "f(x)",
    "f(x, y)",
    "f?.(x)",
    "new F(x)",
    "if (x) y",
    "while (x) y",
    "do y; while (x)",
    "switch (x) {}",
    "import(x)",
    "try {} catch (x) {}",
    "(x) => 1",
    "function f(x) {}",
    "(f)(x)",
    "for (const y of x) {}",
  ])("%s has none of its own", (text) => {
    expect(pairsAround(text)).toEqual([]);
  });

  test("belong to the chain inside them", () => {
    expect(pairsAround("(req?.session).x", "req?.session")).toEqual(["(req?.session)"]);
    expect(pairsAround("f(req?.session)", "req?.session")).toEqual([]);
    expect(pairsAround("f((req?.session as any))", "req?.session as any")).toEqual(["(req?.session as any)"]);
  });

  test("of an outer expression are not its first part's", () => {
    expect(pairsAround("(x as any).y")).toEqual([]);
    expect(pairsAround("(x as any).y", "x as any")).toEqual(["(x as any)"]);
    expect(pairsAround("(<any>x).y")).toEqual([]);
  });
});

test("comments come with their text and place, a hashbang is none", () => {
  const tree = parseEstree("#!/usr/bin/env node\n// @ts-ignore\nreq.session /* why */;\n");
  expect(tree.comments().map(({ start, end, value }) => [value, tree.text.slice(start, end)])).toEqual([
    [" @ts-ignore", "// @ts-ignore"],
    [" why ", "/* why */"],
  ]);
});
