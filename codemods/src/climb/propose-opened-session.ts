import type ts from "typescript";
import type { Edit, Range, Site } from "typed-session-sites";
import { findKeyAccesses } from "../evidence/find-key-accesses.js";
import { isLibraryKey } from "../evidence/library-keys.js";
import {
  declarationProposal,
  isUntypedNode,
  keysIn,
  ownKeysIn,
  usesIn,
  type DeclarationContext,
} from "./declaration-context.js";
import { outsideParentheses } from "./outside-parentheses.js";
import type { Proposal } from "./proposal.js";

/**
 * Proposes a type for a session that iron-session opens: `getIronSession<any>(…)`, or without one, where the session then has
 * not all keys that are asked of it. The last way leaves it open for keys that nobody knows before run time. The application's
 * own type is taken where there is one, with what that lacks.
 */
export function proposeOpenedSession(context: DeclarationContext, site: Site<ts.Node>): Proposal | undefined {
  const { compiler } = context;
  const call = site.request;
  if (!compiler.isCallExpression(call)) return undefined;
  const file = call.getSourceFile();
  const [given] = call.typeArguments ?? [];
  if (!isWanting(context, site, given)) return undefined;
  const isEnough = context.ownSession !== undefined && !lacksKeys(context, site, context.ownSession.type);
  const keys = isEnough ? ownKeysIn(context, file) : keysIn(context, file);
  if (keys === undefined) return undefined;
  const edit = (text: string): Edit =>
    given === undefined
      ? { start: call.expression.end, end: call.expression.end, text: `<${text}>` }
      : { start: given.getStart(file), end: given.end, text };
  const attempts = [keys.name, `${keys.name} & Record<string, any>`].map((text) => ({
    rung: 1 as const,
    edits: [edit(text)],
    imports: keys.imports,
  }));
  return declarationProposal(context, call, attempts, usesOfVariable(context, site));
}

/** Whether a call is to get another type. The application's own stays, but where the session file has keys that it lacks. */
function isWanting(context: DeclarationContext, site: Site<ts.Node>, given: ts.TypeNode | undefined): boolean {
  if (given === undefined) return lacksKeys(context, site);
  const { checker, ownSession, sessionTypeFor } = context;
  const isOwn = ownSession !== undefined && checker.getTypeFromTypeNode(given) === ownSession.type;
  if (isOwn) return sessionTypeFor !== undefined && lacksKeys(context, site);
  return isUntyped(context, given, site);
}

/** Whether a type says nothing of any key. A dict that is handed on may be what is wanted: `typed` of typed-session takes one. */
function isUntyped({ compiler, checker }: DeclarationContext, node: ts.TypeNode, { outer }: Site<ts.Node>): boolean {
  const type = checker.getTypeFromTypeNode(node);
  if ((type.flags & compiler.TypeFlags.Any) !== 0) return true;
  if (compiler.isCallExpression(outsideParentheses(compiler, outer).parent)) return false;
  if (isUntypedNode(compiler, node)) return true;
  return type.getStringIndexType() !== undefined && checker.getPropertiesOfType(type).length === 0;
}

/**
 * Whether keys are asked of a session that it has not: where it is opened, or where a function gives it that returns it.
 *
 * @param type - the type that it is to be looked for in; by default, what it has in each place
 */
function lacksKeys(context: DeclarationContext, site: Site<ts.Node>, type?: ts.Type): boolean {
  const { compiler, checker, uses, returned } = context;
  const places = [
    { node: site.outer, session: site.session },
    ...(returned.get(site) ?? []).map((node) => ({ node, session: node })),
  ];
  return places.some(({ node, session }) => {
    const declared = type ?? checker.getTypeAtLocation(session);
    return findKeyAccesses(compiler, checker, uses, node).some(
      ({ key }) => !isLibraryKey(key) && checker.getPropertyOfType(declared, key) === undefined,
    );
  });
}

function usesOfVariable(context: DeclarationContext, { outer }: Site<ts.Node>): Range[] {
  const { parent } = outsideParentheses(context.compiler, outer);
  const isNamed = context.compiler.isVariableDeclaration(parent) && context.compiler.isIdentifier(parent.name);
  return isNamed ? usesIn(context, parent.name) : [];
}
