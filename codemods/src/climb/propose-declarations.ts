import type ts from "typescript";
import type { Site } from "typed-session-sites";
import type { DeclarationContext } from "./declaration-context.js";
import { proposeOpenedSession } from "./propose-opened-session.js";
import { proposeRequestType, proposeTypeArgument } from "./propose-request-type.js";
import { proposeSessionMember, proposeSessionParameter } from "./propose-session-type.js";
import type { Proposal } from "./proposal.js";

/** Proposals that give requests and sessions the types that they were declared without. */
export interface DeclarationProposals {
  readonly proposals: readonly Proposal[];
  /** The proposal that a site's request gets its type from. */
  readonly ofSite: (site: Site<ts.Node>) => Proposal | undefined;
  /** The proposal for the declaration of a name. */
  readonly ofDeclaration: (declaration: ts.Node) => Proposal | undefined;
}

/**
 * Proposes types for what hides the session without a cast: `req: any`, a parameter without a type, `getRequest()` of Nest,
 * a `session: any` in a type of the application, a parameter that is a session and is declared `any` or a record, a session
 * that iron-session opens as `any`.
 *
 * @param parameters - parameters that sessions come in by
 */
export function proposeDeclarations(
  context: DeclarationContext,
  sites: readonly Site<ts.Node>[],
  parameters: readonly ts.ParameterDeclaration[],
): DeclarationProposals {
  const made = new Map<ts.Node, Proposal | undefined>();
  const once = (node: ts.Node, make: () => Proposal | undefined) => {
    if (!made.has(node)) {
      const proposal = context.isOwn(node.getSourceFile()) ? make() : undefined;
      // Where nothing can be written, there is nothing to propose.
      made.set(node, proposal?.attempts.length === 0 ? undefined : proposal);
    }
    return made.get(node);
  };
  const ofSite = (site: Site<ts.Node>) => {
    const declaration = declarationBehind(context, site);
    return declaration && once(declaration.node, () => declaration.propose());
  };
  sites.forEach(ofSite);
  for (const each of parameters) once(each, () => proposeSessionParameter(context, each));
  return {
    proposals: [...made.values()].filter((each) => each !== undefined),
    ofSite,
    ofDeclaration: (node) => made.get(node),
  };
}

interface Behind {
  readonly node: ts.Node;
  readonly propose: () => Proposal | undefined;
}

function declarationBehind(context: DeclarationContext, site: Site<ts.Node>): Behind | undefined {
  const { compiler, checker } = context;
  const { request, form } = site;
  if (form === "opened") return { node: request, propose: () => proposeOpenedSession(context, site) };
  const type = checker.getTypeAtLocation(request);
  if ((type.flags & compiler.TypeFlags.Any) === 0) return sessionMemberBehind(context, type, site);
  if (compiler.isCallExpression(request))
    return { node: request, propose: () => proposeTypeArgument(context, request, request) };
  const [declaration] = symbolOf(context, request)?.declarations ?? [];
  if (declaration === undefined) return undefined;
  return { node: declaration, propose: () => proposeRequestType(context, declaration) };
}

/** What a request is declared as: a variable, a member, or the member that a pattern takes it out of. */
function symbolOf({ compiler, checker }: DeclarationContext, request: ts.Node): ts.Symbol | undefined {
  const { parent } = request;
  if (compiler.isObjectBindingPattern(request) && compiler.isBindingElement(parent)) {
    const key = parent.propertyName?.getText();
    return key === undefined ? undefined : checker.getPropertyOfType(checker.getTypeAtLocation(parent.parent), key);
  }
  return checker.getSymbolAtLocation(compiler.isPropertyAccessExpression(request) ? request.name : request);
}

/** `session: any`, or with keys that are any, in an interface of the application. */
function sessionMemberBehind(context: DeclarationContext, type: ts.Type, site: Site<ts.Node>): Behind | undefined {
  const { compiler, checker, isOwn } = context;
  const declarations = checker.getPropertyOfType(checker.getNonNullableType(type), "session")?.declarations ?? [];
  const node = declarations.find((each) => compiler.isPropertySignature(each) && isOwn(each.getSourceFile()));
  if (node === undefined || !compiler.isPropertySignature(node) || node.type === undefined) return undefined;
  const session = checker.getNonNullableType(checker.getTypeAtLocation(site.session));
  const property = site.key === undefined ? undefined : checker.getPropertyOfType(session, site.key);
  const value = property && checker.getTypeOfSymbolAtLocation(property, site.session);
  const isAny = [session, value].some((each) => each !== undefined && (each.flags & compiler.TypeFlags.Any) !== 0);
  const isOpen = site.key !== undefined && property === undefined && session.getStringIndexType() !== undefined;
  return isAny || isOpen ? { node, propose: () => proposeSessionMember(context, node) } : undefined;
}
