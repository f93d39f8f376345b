import type ts from "typescript";
import {
  removeDisguises,
  siteOfAlias,
  typescriptTree,
  type Disguise,
  type Edit,
  type Range,
  type Site,
  type Tree,
} from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { accessByMethod } from "../evidence/session-method.js";
import { findKeyAccesses } from "../evidence/find-key-accesses.js";
import { findReturnedSessions } from "../evidence/find-returned-sessions.js";
import type { KeyAccess } from "../evidence/key-access.js";
import { isLibraryKey } from "../evidence/library-keys.js";
import { createNameUses, innermostSameValue, usesOfParameter, type NameUses } from "../evidence/value-flow.js";
import { sitesOfFile } from "../sites-of-file.js";
import type { Compilation, Texts } from "../verify/compile.js";
import { aliasedSite } from "./aliased-site.js";
import { attemptToStayUntyped, attemptsForSite, attemptsForValue, castType, chainOf } from "./attempts.js";
import { excerpt } from "./excerpt.js";
import { outsideParentheses } from "./outside-parentheses.js";
import { placeOf } from "./place-of.js";
import { beginsAsItIs, type Attempt, type Proposal } from "./proposal.js";

const commentLost = "a comment inside the cast would be lost";
const anyFlag = 1; // ts.TypeFlags.Any, in every version

/** What `proposeSites` is to look at. */
export interface ProposeSitesOptions {
  /** Whether a site is worth a proposal. */
  readonly isWanted: (site: Site<ts.Node>) => boolean;
  /** Whether the type of a request may say that its session is missing; of one that is any, by the type that it is to get. */
  readonly maybeMissing: { readonly byType: boolean; readonly whereAny: boolean };
  /** Whether an annotation says that a variable is a session, and has none of its keys. */
  readonly isKeyless?: (type: ts.TypeNode) => boolean;
  /** The proposal that a site's request gets its type from. */
  readonly declarationOf?: (site: Site<ts.Node>) => Proposal | undefined;
  /** The proposal that gives its type to what a session is read through elsewhere: a parameter that sessions are passed to. */
  readonly declarationAround?: (node: ts.Node) => Proposal | undefined;
}

/**
 * Proposes to take the casts of session sites out, and to write what is read of them, also through aliases and in the
 * functions that a session is passed to, as its new type wants it. A site without a cast begins as it is.
 */
export function proposeSites(
  compiler: Compiler,
  texts: Texts,
  { program }: Compilation,
  options: ProposeSitesOptions,
): Proposal[] {
  const checker = program.getTypeChecker();
  const uses = createNameUses(compiler, checker);
  const files = [...texts.keys()].flatMap((file) => program.getSourceFile(file) ?? []);
  const found = files.flatMap((sourceFile) => {
    if (sourceFile.isDeclarationFile) return [];
    const tree = typescriptTree(compiler, sourceFile);
    const sites = sitesOfFile(compiler, checker, sourceFile).filter(options.isWanted);
    return sites.map((site) => ({ sourceFile, tree, site }));
  });
  const returned = findReturnedSessions(
    compiler,
    checker,
    uses,
    files,
    found.map(({ site }) => site),
  );
  // What is read of a session may be called `req`, and asked for a session in its turn: that is a site.
  const seen = new Set<ts.Node>(found.map(({ site }) => site.session));
  return found.flatMap(({ sourceFile, tree, site }) => {
    const proposal = proposalForSite(compiler, checker, sourceFile, tree, site, options);
    const fromElsewhere = (returned.get(site) ?? []).flatMap((node) => returnedProposals(node, site, proposal));
    return [proposal, ...readProposals(site, proposal), ...fromElsewhere];
  });

  function readProposals(site: Site<ts.Node>, proposal: Proposal): Proposal[] {
    const declaration = (node: ts.Node) => options.declarationAround?.(node) ?? proposal;
    const castTo = (key: string) => (site.disguises.length === 0 ? "any" : castType(site, key));
    const accesses = findKeyAccesses(compiler, checker, uses, site.outer);
    const isForLibraries = accesses.every(({ key }) => isLibraryKey(key));
    return accesses
      .filter(({ node, written }) => written === undefined && !isSiteItself(compiler, site, node))
      .flatMap((access) => readsOf(compiler, uses, access))
      .filter(({ node }) => !seen.has(node) && seen.add(node))
      .map((read) => ({ ...read, isForLibraries }))
      .map((read) => proposalForRead(compiler, checker, read, castTo(read.key), declaration(read.node)));
  }

  /** What a function returns that opens a session may be hidden again where it is called: `const session: any = await getSession()`. */
  function returnedProposals(node: ts.Node, opened: Site<ts.Node>, opening: Proposal): Proposal[] {
    const file = node.getSourceFile();
    const tree = typescriptTree(compiler, file);
    const site = siteOfAlias(tree, node);
    const declarationOf = () => options.declarationOf?.(opened);
    const hidden = proposalForSite(compiler, checker, file, tree, site, { ...options, declarationOf });
    // Where a key is asked of it at once, that is the place that is counted.
    const proposal: Proposal = {
      ...hidden,
      kind: site.key === undefined ? "site" : "use",
      at: expressionNode(tree, site).end,
    };
    const isHidden = !beginsAsItIs(proposal) && !isDeclaredAny(checker, compiler, node);
    return isHidden
      ? [proposal, ...readProposals(site, proposal)]
      : readProposals({ ...site, key: undefined }, opening);
  }
}

/** Proposes how to write what is read of the sessions that come in by parameters. */
export function proposeParameterReads(
  compiler: Compiler,
  checker: ts.TypeChecker,
  uses: NameUses,
  parameter: ts.ParameterDeclaration,
  dependsOn: Proposal | undefined,
): Proposal[] {
  return usesOfParameter(compiler, uses, parameter)
    .flatMap((use) => findKeyAccesses(compiler, checker, uses, use))
    .filter(({ written }) => written === undefined)
    .flatMap((access) => readsOf(compiler, uses, access))
    .map((read) => proposalForRead(compiler, checker, read, "any", dependsOn));
}

function isSiteItself(compiler: Compiler, { outer }: Site<ts.Node>, node: ts.Node): boolean {
  return outsideParentheses(compiler, outer).parent === node;
}

/** An expression that reads a key. */
interface KeyRead {
  readonly key: string;
  readonly node: ts.Expression;
  /** The name that the key's value is destructured into, where it is read by that. */
  readonly variable?: ts.Identifier;
  /** Whether nothing but libraries' keys is read through this name: a cast would leave nothing typed. */
  readonly isForLibraries?: boolean;
}

/** The expressions that read a key: the access itself, or every use of the variable that it is destructured into. */
function readsOf(compiler: Compiler, uses: NameUses, { key, node }: KeyAccess): KeyRead[] {
  if (!compiler.isIdentifier(node) || !compiler.isBindingElement(node.parent)) return [{ key, node }];
  return uses.usesOf(node).map((each) => ({ key, node: each, variable: node }));
}

function proposalForSite(
  compiler: Compiler,
  checker: ts.TypeChecker,
  sourceFile: ts.SourceFile,
  tree: Tree<ts.Node>,
  site: Site<ts.Node>,
  { maybeMissing, isKeyless, declarationOf }: ProposeSitesOptions,
): Proposal {
  const removed = removeDisguises(tree, site);
  const plain = removed && [...removed, ...removeAnnotation(compiler, site, isKeyless)];
  const castTo = site.disguises.length === 0 ? "any" : castType(site, site.key);
  const sessionEnd = mayBeMissing(checker, sourceFile, site, maybeMissing) ? site.outer.getEnd() : undefined;
  const dependsOn = declarationOf?.(site);
  const access = expressionNode(tree, site);
  // What is wrong with the value that comes of it is for the call to mend.
  const byMethod = accessByMethod(compiler, access) !== undefined;
  const isPlain = site.disguises.length === 0 && site.form === "access" && !byMethod;
  const lastResort = isPlain && dependsOn === undefined ? attemptToStayUntyped(sourceFile, site.outer) : [];
  return {
    ...placeOf(compiler, sourceFile, site.session),
    ...(byMethod ? {} : { expression: wholeRead(compiler, sourceFile, access) }),
    kind: "site",
    ...(site.key === undefined || byMethod ? {} : { key: site.key }),
    found: foundAt(tree, site),
    changesEmit: site.disguises.some(({ kind }) => kind === "cast-call"),
    attempts: plain === undefined ? [] : [...ways(plain), ...lastResort],
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(plain === undefined ? { obstacle: commentLost } : {}),
  };

  function ways(edits: readonly Edit[]): readonly Attempt[] {
    if (byMethod) return [{ rung: 1, edits }];
    return attemptsForSite(compiler, site, { sourceFile, plain: edits, castTo, sessionEnd });
  }
}

function proposalForRead(
  compiler: Compiler,
  checker: ts.TypeChecker,
  { key, node, variable, isForLibraries = false }: KeyRead,
  castTo: string | undefined,
  dependsOn: Proposal | undefined,
): Proposal {
  const sourceFile = node.getSourceFile();
  const tree = typescriptTree(compiler, sourceFile);
  const site = aliasedSite(compiler, tree, node);
  const plain = site === undefined ? [] : removeDisguises(tree, site);
  const isAccess = compiler.isPropertyAccessExpression(node) || compiler.isElementAccessExpression(node);
  const isPlain = isAccess && site === undefined && dependsOn?.kind !== "declaration";
  const lastResort = isPlain && !isForLibraries ? attemptToStayUntyped(sourceFile, node.expression) : [];
  const name = isAccess ? innermostSameValue(compiler, node.expression) : undefined;
  const type = name && checker.getTypeAtLocation(name);
  const isNullable = type !== undefined && (type.flags & anyFlag) === 0 && type !== checker.getNonNullableType(type);
  const context = {
    sourceFile,
    castTo: site === undefined ? castTo : castType(site, key),
    sessionEnd: isAccess && isNullable && mayBeMarked(sourceFile, node.expression) ? node.expression.end : undefined,
  };
  return {
    ...placeOf(compiler, sourceFile, node),
    expression: wholeRead(compiler, sourceFile, node),
    kind: "use",
    ...(variable === undefined ? {} : { variableAt: variable.end }),
    ...(name && isVariable(compiler, checker, name) ? { aliasLength: name.getText(sourceFile).length } : {}),
    key,
    found: excerpt(node.getText(sourceFile)),
    changesEmit: false,
    attempts: plain === undefined ? [] : [...attemptsForValue(compiler, node, { ...context, plain }), ...lastResort],
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(plain === undefined ? { obstacle: commentLost } : {}),
  };
}

/** `const session: any = req.session` hides the type just as a cast does, and so may a type without keys. */
function removeAnnotation(
  compiler: Compiler,
  { outer }: Site<ts.Node>,
  isKeyless: ProposeSitesOptions["isKeyless"] = () => false,
): Edit[] {
  const { parent } = outsideParentheses(compiler, outer);
  if (!compiler.isVariableDeclaration(parent) || parent.type === undefined) return [];
  const { type, name } = parent;
  const isAny = type.kind === compiler.SyntaxKind.AnyKeyword;
  // What is assigned later may need the annotation.
  const isConstant = (parent.parent.flags & compiler.NodeFlags.Const) !== 0;
  return isAny || (isConstant && isKeyless(type)) ? [{ start: name.getEnd(), end: type.getEnd(), text: "" }] : [];
}

/** Whether the type may say that there is no session, and the code neither says nor asks whether there is one. */
function mayBeMissing(
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  { outer, session }: Site<ts.Node>,
  { byType, whereAny }: ProposeSitesOptions["maybeMissing"],
): boolean {
  if (!mayBeMarked(file, outer)) return false;
  const type = checker.getTypeAtLocation(session);
  return (type.flags & anyFlag) !== 0 ? whereAny : byType && type !== checker.getNonNullableType(type);
}

/** Whether what a call gives is any because the function says so: no type of the session would get there. */
function isDeclaredAny(checker: ts.TypeChecker, compiler: Compiler, node: ts.Node): boolean {
  const call = compiler.isAwaitExpression(node) ? node.expression : node;
  const { type } = (compiler.isCallExpression(call) && checker.getResolvedSignature(call)?.getDeclaration()) || {};
  return type !== undefined && (checker.getTypeAtLocation(node).flags & anyFlag) !== 0;
}

/** What comes in by a parameter is what the parameter says it is. */
function isVariable(compiler: Compiler, checker: ts.TypeChecker, name: ts.Expression): boolean {
  const [declaration] = checker.getSymbolAtLocation(name)?.declarations ?? [];
  return declaration !== undefined && compiler.isVariableDeclaration(declaration);
}

/** Whether an expression has no mark yet, and is not asked for members only if it is there. */
function mayBeMarked({ text }: ts.SourceFile, { end }: ts.Node): boolean {
  return text.charAt(end - 1) !== "!" && !text.startsWith("?.", end);
}

/** The access of the key, or the session where none is asked of it. */
function expressionNode(tree: Tree<ts.Node>, { outer, key, form }: Site<ts.Node>): ts.Node {
  return key === undefined || form === "destructured" ? outer : (tree.parent(outer) ?? outer);
}

/** With the members that are read of it: what is wrong with them is this place's to mend. */
function wholeRead(compiler: Compiler, sourceFile: ts.SourceFile, node: ts.Node): Range {
  const isAccess =
    compiler.isIdentifier(node) ||
    compiler.isPropertyAccessExpression(node) ||
    compiler.isElementAccessExpression(node);
  return { start: node.getStart(sourceFile), end: isAccess ? chainOf(compiler, node).end : node.end };
}

function foundAt(tree: Tree<ts.Node>, site: Site<ts.Node>): string {
  if (site.disguises.length > 0) return site.disguises.map((disguise) => describe(tree, disguise)).join(", ");
  const { start, end } = tree.range(expressionNode(tree, site));
  return excerpt(tree.text.slice(start, end));
}

function describe(tree: Tree<ts.Node>, disguise: Disguise<ts.Node>): string {
  if (disguise.kind === "suppression") return `@${disguise.directive}`;
  const { start, end } = tree.range(disguise.node);
  return excerpt(tree.text.slice(start, end));
}
