import type { Tree } from "./tree.js";

/** What a file's imports say about the names in it. */
export interface ImportedNames {
  /** Local names of `cast` from typed-session. */
  readonly cast: ReadonlySet<string>;
  /** Local names of the decorator `Session` of Nest or routing-controllers, which hands the session to a parameter. */
  readonly sessionDecorator: ReadonlySet<string>;
  /** Local names of iron-session's `getIronSession`. */
  readonly opener: ReadonlySet<string>;
  /** Local names of iron-session as a whole. */
  readonly ironSession: ReadonlySet<string>;
  /** Whether the file works with Koa, where `ctx` carries the session. */
  readonly koa: boolean;
}

const decoratorModules = new Set(["@nestjs/common", "routing-controllers"]);
const ironSessionModule = /^iron-session(?:\/|$)/;
const koaModule = /^(?:koa$|koa-|@koa\/|typed-session\/koa)/;

export function findImportedNames<Node extends object>(tree: Tree<Node>): ImportedNames {
  const cast = new Set<string>();
  const sessionDecorator = new Set<string>();
  const opener = new Set<string>();
  const ironSession = new Set<string>();
  let koa = false;
  for (const node of tree.children(tree.root)) {
    const shape = tree.shape(node);
    if (shape.kind !== "import") continue;
    if (koaModule.test(shape.module)) koa = true;
    for (const { imported, local } of shape.specifiers) {
      if (imported === "cast" && shape.module === "typed-session") cast.add(local);
      if (ironSessionModule.test(shape.module)) {
        if (imported === "getIronSession") opener.add(local);
        if (imported === "*") ironSession.add(local);
      }
      if (imported === "Session" && decoratorModules.has(shape.module)) sessionDecorator.add(local);
    }
  }
  return { cast, sessionDecorator, opener, ironSession, koa };
}
