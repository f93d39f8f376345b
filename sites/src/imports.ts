import type { Tree } from "./tree.js";

/** What a file's imports say about the names in it. */
export interface ImportedNames {
  /** Local names of `cast` from typed-session. */
  readonly cast: ReadonlySet<string>;
  /** Whether the file works with Koa, where `ctx` carries the session. */
  readonly koa: boolean;
}

const koaModule = /^(?:koa$|koa-|@koa\/)/;

export function findImportedNames<Node extends object>(tree: Tree<Node>): ImportedNames {
  const cast = new Set<string>();
  let koa = false;
  for (const node of tree.children(tree.root)) {
    const shape = tree.shape(node);
    if (shape.kind !== "import") continue;
    if (koaModule.test(shape.module)) koa = true;
    if (shape.module !== "typed-session") continue;
    for (const { imported, local } of shape.specifiers) if (imported === "cast") cast.add(local);
  }
  return { cast, koa };
}
