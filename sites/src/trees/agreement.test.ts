import { describe, expect, test } from "vitest";
import { everyConstruct, readers } from "../plain-sites.fixture.js";
import type { Tree } from "../tree.js";
import { parseEstree } from "./parse-estree.js";
import { parseTypescript } from "./parse-typescript.js";

test("both trees give the same answers, offsets and all", () => {
  const [first, ...others] = Object.values(readers).map((findings) => findings(everyConstruct));
  expect(first?.sites).toHaveLength(13);
  expect(first?.parameters).toHaveLength(4);
  for (const other of others) expect(other).toEqual(first);
});

/** Decorators and annotations in every place that has them. */
const decorated = `
  @first(1) @second export class A { @a b?: string = c; @d e(@f g: H, @i { j }: K = l, @m ...n: O[]) {} constructor(@p private q) {} }
  @third export default class { @r get s(): T { return u; } @v accessor w = x; }
  namespace N { @fourth export abstract class B {} }
`;

function expectNesting<Node extends object>(tree: Tree<Node>, node: Node): void {
  const { start, end } = tree.extent(node);
  for (const child of tree.children(node)) {
    const inner = tree.extent(child);
    expect([start <= inner.start, inner.end <= end], tree.text.slice(inner.start, inner.end)).toEqual([true, true]);
    expectNesting(tree, child);
  }
}

describe.each([everyConstruct, decorated])("a node's extent holds those of its children", (text) => {
  test("in ESTree", () => {
    const tree = parseEstree(text);
    expectNesting(tree, tree.root);
  });

  test("in the compiler's tree", () => {
    const tree = parseTypescript(text);
    expectNesting(tree, tree.root);
  });
});
