import type ts from "typescript";
import type { Edit, Range, Site } from "typed-session-sites";
import { findKeyAccesses } from "../evidence/find-key-accesses.js";
import { isLibraryKey } from "../evidence/library-keys.js";
import {
  chosenName,
  declarationProposal,
  isUntypedNode,
  usesIn,
  type DeclarationContext,
} from "./declaration-context.js";
import { outsideParentheses } from "./outside-parentheses.js";
import type { Proposal } from "./proposal.js";

/**
 * Proposes a type for a session that iron-session opens: `getIronSession<any>(…)`, or without one, where the session then has
 * not all keys that are asked of it. The last way leaves it open for keys that nobody knows before run time.
 */
export function proposeOpenedSession(context: DeclarationContext, site: Site<ts.Node>): Proposal | undefined {
  const { compiler, sessionTypeFor } = context;
  const call = site.request;
  if (!compiler.isCallExpression(call) || sessionTypeFor === undefined) return undefined;
  const file = call.getSourceFile();
  const [given] = call.typeArguments ?? [];
  if (given === undefined ? !lacksKeys(context, site) : !isUntyped(context, given, site)) return undefined;
  const { name, imports } = chosenName(context, file, sessionTypeFor(file));
  const edit = (text: string): Edit =>
    given === undefined
      ? { start: call.expression.end, end: call.expression.end, text: `<${text}>` }
      : { start: given.getStart(file), end: given.end, text };
  const attempts = [name, `${name} & Record<string, any>`].map((text) => ({
    rung: 1 as const,
    edits: [edit(text)],
    imports,
  }));
  return declarationProposal(context, call, attempts, usesOfVariable(context, site));
}

/** Whether a type says nothing of any key. A dict that is handed on may be what is wanted: `typed` of typed-session takes one. */
function isUntyped({ compiler, checker }: DeclarationContext, node: ts.TypeNode, { outer }: Site<ts.Node>): boolean {
  const type = checker.getTypeFromTypeNode(node);
  if ((type.flags & compiler.TypeFlags.Any) !== 0) return true;
  if (compiler.isCallExpression(outsideParentheses(compiler, outer).parent)) return false;
  if (isUntypedNode(compiler, node)) return true;
  return type.getStringIndexType() !== undefined && checker.getPropertiesOfType(type).length === 0;
}

function lacksKeys({ compiler, checker, uses }: DeclarationContext, { session, outer }: Site<ts.Node>): boolean {
  const type = checker.getTypeAtLocation(session);
  return findKeyAccesses(compiler, checker, uses, outer).some(
    ({ key }) => !isLibraryKey(key) && checker.getPropertyOfType(type, key) === undefined,
  );
}

function usesOfVariable(context: DeclarationContext, { outer }: Site<ts.Node>): Range[] {
  const { parent } = outsideParentheses(context.compiler, outer);
  const isNamed = context.compiler.isVariableDeclaration(parent) && context.compiler.isIdentifier(parent.name);
  return isNamed ? usesIn(context, parent.name) : [];
}
