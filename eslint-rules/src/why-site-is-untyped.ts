import { relative } from "node:path";
import { ESLintUtils, type TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { describeUntyped, whyUntyped, type Site, type Untyped } from "typed-session-sites";
import { declaredAnyAt } from "./declared-any.js";

/**
 * Says why a plain access of a session has no type; `undefined` where it has one, or where nobody can tell.
 *
 * With a project, the compiler is asked. Without, a variable that the same file declares `any` is found all the same.
 */
export function whySiteIsUntyped(
  context: Readonly<RuleContext<string, readonly unknown[]>>,
  site: Site<TSESTree.Node>,
): string | undefined {
  const services = context.sourceCode.parserServices;
  const untyped = services?.program ? fromCompiler(context, site) : fromSyntax(context, site);
  return untyped && describeUntyped(untyped, (path) => relative(context.cwd, path));
}

function fromCompiler(
  context: Readonly<RuleContext<string, readonly unknown[]>>,
  { form, request, session, key }: Site<TSESTree.Node>,
): Untyped | undefined {
  const { program, esTreeNodeToTSNodeMap: nodes } = ESLintUtils.getParserServices(context);
  const site = { form, request: nodes.get(request), session: nodes.get(session), key };
  return whyUntyped(program.getTypeChecker(), site);
}

function fromSyntax(
  { sourceCode, filename }: Readonly<RuleContext<string, readonly unknown[]>>,
  { request }: Site<TSESTree.Node>,
): Untyped | undefined {
  const declaration = declaredAnyAt(sourceCode, request);
  if (!declaration) return undefined;
  const at = { fileName: filename, line: declaration.loc.start.line };
  return { cause: "request-any", request: sourceCode.getText(request), written: "any", at };
}
