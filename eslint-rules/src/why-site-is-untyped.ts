import { relative } from "node:path";
import type { ParserServicesWithTypeInformation, TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { describeUntyped, whyUntyped, type Site, type Untyped } from "typed-session-sites";
import { declaredAnyAt } from "./declared-any.js";
import { typesOf } from "./types-of.js";

type Context = Readonly<RuleContext<string, readonly unknown[]>>;

/**
 * Says why a session, or a key of it, has no type at a place without casts; `undefined` where it has one, or where nobody can
 * tell.
 *
 * With types, the compiler is asked. Without, a variable that the same file declares `any` is found all the same.
 *
 * @param key - the key that is asked of the session there; without one, the session itself is looked at
 */
export function whySiteIsUntyped(
  context: Context,
  site: Site<TSESTree.Node>,
  key: string | undefined,
): string | undefined {
  const types = typesOf(context);
  const untyped = types === undefined ? fromSyntax(context, site) : fromCompiler(types, site, key);
  return untyped && describeUntyped(untyped, (path) => relative(context.cwd, path));
}

function fromCompiler(
  { program, esTreeNodeToTSNodeMap: nodes }: ParserServicesWithTypeInformation,
  { form, request, session }: Site<TSESTree.Node>,
  key: string | undefined,
): Untyped | undefined {
  const site = { form, request: nodes.get(request), session: nodes.get(session), key };
  return whyUntyped(program.getTypeChecker(), site);
}

function fromSyntax({ sourceCode, filename }: Context, { form, request }: Site<TSESTree.Node>): Untyped | undefined {
  if (form === "opened") {
    const at = { fileName: filename, line: request.loc.start.line };
    return isGivenAny(request) ? { cause: "session-any", at } : undefined;
  }
  const declaration = declaredAnyAt(sourceCode, request);
  if (!declaration) return undefined;
  const at = { fileName: filename, line: declaration.loc.start.line };
  if (form === "held") return { cause: "session-any", at };
  return { cause: "request-any", request: sourceCode.getText(request), written: "any", at };
}

/** `getIronSession<any>(…)`. */
function isGivenAny(call: TSESTree.Node): boolean {
  return call.type === "CallExpression" && call.typeArguments?.params[0]?.type === "TSAnyKeyword";
}
