import type ts from "typescript";
import type { Edit, Range } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import type { ReturnedSessions } from "../evidence/find-returned-sessions.js";
import type { NameUses } from "../evidence/value-flow.js";
import type { TypeImport } from "../imports/add-type-imports.js";
import { chooseTypeName } from "../imports/choose-type-name.js";
import type { TypeReference } from "../imports/type-reference.js";
import { ironSession } from "../registration/find-registration.js";
import type { OwnSession } from "../registration/find-own-session.js";
import type { Registration } from "../registration/registration.js";
import { excerpt } from "./excerpt.js";
import { placeOf } from "./place-of.js";
import type { Attempt, Proposal } from "./proposal.js";

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
  /** The application's own type for the sessions that it opens. The session file then holds what that lacks. */
  readonly ownSession: OwnSession | undefined;
  /** What the functions of the application give that return a session which they open. */
  readonly returned: ReturnedSessions;
}

export interface NameInFile {
  readonly name: string;
  readonly imports: TypeImport[];
}

/** How a file names the request that carries the session; `undefined` where none does. */
export function nameIn(context: DeclarationContext, file: ts.SourceFile): NameInFile | undefined {
  const { request } = context.registration;
  return request && chosenName(context, file, request);
}

/** How a file names the session itself: by the request, or as what a call opens. */
export function sessionIn(context: DeclarationContext, file: ts.SourceFile): NameInFile | undefined {
  const request = nameIn(context, file);
  if (request !== undefined) return { ...request, name: `${request.name}["session"]` };
  const keys = keysIn(context, file);
  if (keys === undefined) return undefined;
  const opened = chosenName(context, file, ironSession);
  return { name: `${opened.name}<${keys.name}>`, imports: [...opened.imports, ...keys.imports] };
}

/** How a file names the type of the session's keys: the application's own, the session file's, or both. */
export function keysIn(context: DeclarationContext, file: ts.SourceFile): NameInFile | undefined {
  const { sessionTypeFor } = context;
  const written = sessionTypeFor && chosenName(context, file, sessionTypeFor(file));
  const parts = [ownKeysIn(context, file), written].filter((each) => each !== undefined);
  if (parts.length === 0) return undefined;
  return { name: parts.map(({ name }) => name).join(" & "), imports: parts.flatMap(({ imports }) => imports) };
}

/** How a file names the application's own type alone. */
export function ownKeysIn(context: DeclarationContext, file: ts.SourceFile): NameInFile | undefined {
  const { ownSession } = context;
  if (ownSession === undefined) return undefined;
  if (file === ownSession.file) return { name: ownSession.name, imports: [] };
  return chosenName(context, file, { name: ownSession.name, from: ownSession.specifierFor(file) });
}

export function chosenName({ compiler }: DeclarationContext, file: ts.SourceFile, type: TypeReference): NameInFile {
  const { text, importAs } = chooseTypeName(compiler, file, type);
  return { name: text, imports: importAs === undefined ? [] : [{ ...type, as: importAs }] };
}

/** How a parameter gets a type: in the place of `any`, or where it has none. */
export function typeEdits(
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
export function isUntypedNode(compiler: Compiler, type: ts.TypeNode): boolean {
  const { kind } = type;
  if (kind === compiler.SyntaxKind.AnyKeyword || kind === compiler.SyntaxKind.ObjectKeyword) return true;
  const text = type.getText().replace(/\s+/g, "");
  return (
    /^Record<string,(?:any|unknown)>$/.test(text) || /^\{(?:readonly)?\[\w+:string\]:(?:any|unknown);?\}$/.test(text)
  );
}

/** Where a name is used, or the names of a pattern, with the members that are asked of it. */
export function usesIn(context: DeclarationContext, name: ts.BindingName): Range[] {
  const { compiler, uses } = context;
  if (!compiler.isIdentifier(name)) {
    return name.elements.flatMap((each) => (compiler.isBindingElement(each) ? usesIn(context, each.name) : []));
  }
  return uses.usesOf(name).map((use) => ({ start: use.getStart(), end: chainEnd(compiler, use) }));
}

function chainEnd(compiler: Compiler, node: ts.Node): number {
  const { parent } = node;
  const goesOn =
    (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent)) &&
    parent.expression === node;
  return goesOn || compiler.isParenthesizedExpression(parent) ? chainEnd(compiler, parent) : node.end;
}

export function declarationProposal(
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
