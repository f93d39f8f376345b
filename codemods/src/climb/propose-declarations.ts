import type ts from "typescript";
import type { Edit, Range, Site } from "typed-session-sites";
import { isInPackage } from "../application/is-in-package.js";
import type { Compiler } from "../application/load.js";
import type { NameUses } from "../evidence/value-flow.js";
import type { TypeImport } from "../imports/add-type-imports.js";
import { chooseTypeName } from "../imports/choose-type-name.js";
import type { TypeReference } from "../imports/type-reference.js";
import type { Registration } from "../registration/registration.js";
import { excerpt } from "./excerpt.js";
import { placeOf } from "./place-of.js";
import type { Attempt, Proposal } from "./proposal.js";

/** Proposals that give requests and sessions the types that they were declared without. */
export interface DeclarationProposals {
  readonly proposals: readonly Proposal[];
  /** The proposal that a site's request gets its type from. */
  readonly ofSite: (site: Site<ts.Node>) => Proposal | undefined;
  /** The proposal for the declaration of a name. */
  readonly ofDeclaration: (declaration: ts.Node) => Proposal | undefined;
}

/** What the proposals are made with. */
export interface DeclarationContext {
  readonly compiler: Compiler;
  readonly checker: ts.TypeChecker;
  readonly uses: NameUses;
  readonly registration: Registration;
  /** Whether a file is the application's own, and may change. */
  readonly isOwn: (file: ts.SourceFile) => boolean;
  /** How a file refers to the session's type; `undefined` where no session file is written. */
  readonly sessionTypeFor: ((file: ts.SourceFile) => TypeReference) | undefined;
}

/**
 * Proposes types for what hides the session without a cast: `req: any`, a parameter without a type, `getRequest()` of Nest,
 * a `session: any` in a type of the application, a parameter that is a session and is declared `any` or a record.
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
    if (!made.has(node)) made.set(node, context.isOwn(node.getSourceFile()) ? make() : undefined);
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
  const { request } = site;
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

function proposeRequestType(context: DeclarationContext, declaration: ts.Node): Proposal | undefined {
  const { compiler } = context;
  if (compiler.isParameter(declaration) && compiler.isIdentifier(declaration.name)) {
    const edits = typeEdits(compiler, declaration);
    return (
      edits &&
      proposal(
        context,
        declaration,
        requestAttempts(context, declaration.getSourceFile(), edits),
        usesIn(context, declaration.name),
      )
    );
  }
  if (compiler.isVariableDeclaration(declaration) && compiler.isIdentifier(declaration.name)) {
    if (declaration.type !== undefined)
      return proposeMemberType(context, declaration, declaration.type, usesIn(context, declaration.name));
    const { initializer } = declaration;
    return initializer && compiler.isCallExpression(initializer)
      ? proposeTypeArgument(context, initializer, declaration)
      : undefined;
  }
  const isMember = compiler.isPropertySignature(declaration) || compiler.isPropertyDeclaration(declaration);
  return isMember && declaration.type !== undefined
    ? proposeMemberType(context, declaration, declaration.type, [])
    : undefined;
}

function proposeMemberType(
  context: DeclarationContext,
  node: ts.Node,
  type: ts.TypeNode,
  governs: readonly Range[],
): Proposal | undefined {
  if (type.kind !== context.compiler.SyntaxKind.AnyKeyword) return undefined;
  const file = node.getSourceFile();
  const replace = (text: string): Edit[] => [{ start: type.getStart(file), end: type.getEnd(), text }];
  return proposal(context, node, requestAttempts(context, file, replace), governs);
}

/** `getRequest()` of Nest is generic, and `any` without an argument. */
function proposeTypeArgument(
  context: DeclarationContext,
  call: ts.CallExpression,
  node: ts.Node,
): Proposal | undefined {
  const { compiler } = context;
  const { expression, typeArguments } = call;
  if (!compiler.isPropertyAccessExpression(expression) || expression.name.text !== "getRequest") return undefined;
  const file = call.getSourceFile();
  const [given, ...others] = typeArguments ?? [];
  if (others.length > 0 || (given !== undefined && given.kind !== compiler.SyntaxKind.AnyKeyword)) return undefined;
  const insert = (text: string): Edit[] =>
    given === undefined
      ? [{ start: expression.end, end: expression.end, text: `<${text}>` }]
      : [{ start: given.getStart(file), end: given.end, text }];
  const isNamed = compiler.isVariableDeclaration(node) && compiler.isIdentifier(node.name);
  return proposal(context, node, requestAttempts(context, file, insert), isNamed ? usesIn(context, node.name) : []);
}

/** How a parameter gets a type: in the place of `any`, or where it has none. */
function typeEdits(
  compiler: Compiler,
  { name, type, questionToken, parent }: ts.ParameterDeclaration,
): ((text: string) => Edit[]) | undefined {
  const file = name.getSourceFile();
  if (type !== undefined) {
    if (!isUntypedNode(compiler, type)) return undefined;
    return (text) => [{ start: type.getStart(file), end: type.getEnd(), text }];
  }
  const end = questionToken?.getEnd() ?? name.getEnd();
  // `req => …` would be emitted with parentheses.
  const isBare = compiler.isArrowFunction(parent) && !/^(?:async\b\s*)?[(<]/.test(parent.getText(file));
  return isBare ? undefined : (text) => [{ start: end, end, text: `: ${text}` }];
}

/** `any`, `object`, `Record<string, any>`, `Record<string, unknown>`, `{ [key: string]: any }`. */
function isUntypedNode(compiler: Compiler, type: ts.TypeNode): boolean {
  const { kind } = type;
  if (kind === compiler.SyntaxKind.AnyKeyword || kind === compiler.SyntaxKind.ObjectKeyword) return true;
  const text = type.getText().replace(/\s+/g, "");
  return (
    /^Record<string,(?:any|unknown)>$/.test(text) || /^\{(?:readonly)?\[\w+:string\]:(?:any|unknown);?\}$/.test(text)
  );
}

/**
 * The framework's request first; then with whatever else the code puts on requests; last, one that is open but for its
 * session: it takes all that `any` took.
 */
function requestAttempts(context: DeclarationContext, file: ts.SourceFile, edits: (text: string) => Edit[]): Attempt[] {
  const { name, imports } = nameIn(context, file);
  const session = `${name}["session"]`;
  const texts = [name, `${name} & Record<string, any>`, `{ session: ${session}; [key: string]: any }`];
  return texts.map((text) => ({ rung: 1, edits: edits(text), imports }));
}

function proposeSessionParameter(
  context: DeclarationContext,
  parameter: ts.ParameterDeclaration,
): Proposal | undefined {
  const { compiler } = context;
  if (!compiler.isIdentifier(parameter.name)) return undefined;
  const edits = typeEdits(compiler, parameter) ?? keylessSessionEdits(context, parameter.type);
  if (edits === undefined) return undefined;
  const attempts = sessionAttempts(context, parameter.getSourceFile(), edits);
  return proposal(context, parameter, attempts, usesIn(context, parameter.name));
}

/** `Session` of express-session has the methods, and no key: the keys are those of `SessionData`. */
function keylessSessionEdits(
  { compiler, checker, registration: { host } }: DeclarationContext,
  type: ts.TypeNode | undefined,
): ((text: string) => Edit[]) | undefined {
  const present = type && presentAlternative(compiler, type);
  if (host !== "express-session" || present === undefined || !compiler.isTypeReferenceNode(present)) return undefined;
  const symbol = checker.getTypeFromTypeNode(present).getSymbol();
  if (symbol?.name !== "Session" || !symbol.declarations?.every((each) => isInPackage(each))) return undefined;
  return (text) => [{ start: present.getStart(), end: present.end, text }];
}

function proposeSessionMember(context: DeclarationContext, member: ts.PropertySignature): Proposal | undefined {
  const { compiler } = context;
  const file = member.getSourceFile();
  const { type } = member;
  if (type === undefined) return undefined;
  const { generic } = context.registration;
  if (generic !== undefined) return proposeGenericSession(context, member, type, generic.type);
  if (isAugmentation(compiler, member)) {
    const whole = { start: member.getStart(file), end: member.getEnd(), text: "" };
    return proposal(context, member, [{ rung: 1, edits: [whole] }], []);
  }
  const replace = (text: string): Edit[] => [{ start: type.getStart(file), end: type.getEnd(), text }];
  return proposal(context, member, sessionAttempts(context, file, replace), []);
}

/**
 * The application itself says what the session of its requests is: `IronSession`, as iron-session 6 had it, `any`, or a type of
 * its own that takes any key. What that has beside the keys stays.
 */
function proposeGenericSession(
  context: DeclarationContext,
  member: ts.Node,
  type: ts.TypeNode,
  generic: TypeReference | undefined,
): Proposal | undefined {
  const { compiler, sessionTypeFor } = context;
  if (sessionTypeFor === undefined) return undefined;
  const file = member.getSourceFile();
  const keys = chosenName(context, file, sessionTypeFor(file));
  const whole = { start: type.getStart(file), end: type.end };
  if (generic === undefined) {
    const present = presentAlternative(compiler, type);
    if (present === undefined) return undefined;
    const text = isUntypedNode(compiler, present) ? keys.name : `${present.getText(file)} & ${keys.name}`;
    const edits = [{ start: present.getStart(file), end: present.end, text }];
    return proposal(context, member, [{ rung: 1, edits, imports: keys.imports }], []);
  }
  if (compiler.isTypeReferenceNode(type) && type.typeArguments === undefined) {
    const edits = [{ start: type.end, end: type.end, text: `<${keys.name}>` }];
    return proposal(context, member, [{ rung: 1, edits, imports: keys.imports }], []);
  }
  const session = chosenName(context, file, generic);
  const edits = [{ ...whole, text: `${session.name}<${keys.name}>` }];
  return proposal(context, member, [{ rung: 1, edits, imports: [...session.imports, ...keys.imports] }], []);
}

/** The one alternative of a type that is neither null nor undefined. */
function presentAlternative(compiler: Compiler, type: ts.TypeNode): ts.TypeNode | undefined {
  if (!compiler.isUnionTypeNode(type)) return type;
  const [present, ...others] = type.types.filter((each) => !/^(?:null|undefined)$/.test(each.getText()));
  return others.length === 0 ? present : undefined;
}

/** A `session` in an augmentation of the framework's request is what the request's own session would refer to. */
function isAugmentation(compiler: Compiler, node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  return compiler.isModuleDeclaration(parent) || isAugmentation(compiler, parent);
}

function sessionAttempts(context: DeclarationContext, file: ts.SourceFile, edits: (text: string) => Edit[]): Attempt[] {
  const { name, imports } = nameIn(context, file);
  const session = `${name}["session"]`;
  const texts = context.registration.maybeMissing ? [`NonNullable<${session}>`, session] : [session];
  return texts.map((text) => ({ rung: 1, edits: edits(text), imports }));
}

function nameIn(context: DeclarationContext, file: ts.SourceFile): NameInFile {
  return chosenName(context, file, context.registration.request);
}

interface NameInFile {
  readonly name: string;
  readonly imports: TypeImport[];
}

function chosenName({ compiler }: DeclarationContext, file: ts.SourceFile, type: TypeReference): NameInFile {
  const { text, importAs } = chooseTypeName(compiler, file, type);
  return { name: text, imports: importAs === undefined ? [] : [{ ...type, as: importAs }] };
}

/** Where a name is used, with the members that are asked of it. */
function usesIn({ compiler, uses }: DeclarationContext, name: ts.Identifier): Range[] {
  return uses.usesOf(name).map((use) => ({ start: use.getStart(), end: chainEnd(compiler, use) }));
}

function chainEnd(compiler: Compiler, node: ts.Node): number {
  const { parent } = node;
  const goesOn =
    (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent)) &&
    parent.expression === node;
  return goesOn || compiler.isParenthesizedExpression(parent) ? chainEnd(compiler, parent) : node.end;
}

function proposal(
  context: DeclarationContext,
  node: ts.Node,
  attempts: readonly Attempt[],
  governs: readonly Range[],
): Proposal {
  const file = node.getSourceFile();
  return {
    ...placeOf(context.compiler, file, node),
    kind: "declaration",
    found: excerpt(node.getText(file)),
    changesEmit: false,
    attempts,
    governs,
  };
}
