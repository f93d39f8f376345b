import type { TSESTree } from "@typescript-eslint/utils";

/** A key that lodash is asked for by a path: `_.get(session, "cart.items")`. */
export interface LodashPath {
  /** Where the path is written. */
  readonly node: TSESTree.Node;
  readonly segments: readonly string[];
}

const functions = ["get", "set", "has", "unset", "update", "result"];
const modules = /^lodash(?:-es)?(?:$|[./])/;

/** The local names of lodash as a whole, and of its functions that take a path. */
export interface LodashNames {
  readonly objects: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** What a file imports of lodash. */
export function lodashNames({ body }: TSESTree.Program): LodashNames {
  const objects = new Set<string>();
  const named = new Set<string>();
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration" || !modules.test(statement.source.value)) continue;
    const single = /[./](\w+)$/.exec(statement.source.value)?.[1];
    for (const specifier of statement.specifiers) {
      const { name } = specifier.local;
      if (specifier.type === "ImportSpecifier") {
        if (specifier.imported.type === "Identifier" && functions.includes(specifier.imported.name)) named.add(name);
      } else if (single === undefined) objects.add(name);
      else if (functions.includes(single)) named.add(name);
    }
  }
  return { objects, functions: named };
}

/** The path of a call of lodash whose object is this expression. */
export function lodashPathOn(object: TSESTree.Node, names: LodashNames): LodashPath | undefined {
  const call = object.parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== object || !isLodash(call.callee, names))
    return undefined;
  const path = call.arguments[1];
  const segments = path && segmentsOf(path);
  return path === undefined || segments === undefined ? undefined : { node: path, segments };
}

function isLodash(callee: TSESTree.Expression, names: LodashNames): boolean {
  if (callee.type === "Identifier") return names.functions.has(callee.name);
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
  if (callee.property.type !== "Identifier" || !functions.includes(callee.property.name)) return false;
  return names.objects.has(callee.object.name);
}

/** `"cart.items[0]"` and `["cart", "items", 0]`; `undefined` where the path is not written out. */
function segmentsOf(path: TSESTree.Node): readonly string[] | undefined {
  if (path.type === "Literal" && typeof path.value === "string") return path.value.split(/[.[\]]+/).filter(Boolean);
  if (path.type !== "ArrayExpression") return undefined;
  const segments = path.elements.map((each) => (each?.type === "Literal" ? String(each.value) : undefined));
  return segments.every((each) => each !== undefined) ? segments : undefined;
}
