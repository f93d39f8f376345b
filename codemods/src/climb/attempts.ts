import type ts from "typescript";
import type { Edit, Site } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { outsideParentheses } from "./outside-parentheses.js";
import type { Attempt } from "./proposal.js";

/** What the ways to write a value depend on. */
export interface ValueContext {
  readonly sourceFile: ts.SourceFile;
  /** The edits that every way begins with: the disguises go. */
  readonly plain: readonly Edit[];
  /** The type for a cast of the value; `undefined` where there is none. */
  readonly castTo: string | undefined;
  /** Where the session's own expression ends, if a `!` there may be wanted: its type may say that there is none. */
  readonly sessionEnd?: number | undefined;
}

/**
 * The ways to write a site: plainly, with `!` on the value, with a cast of the value instead of one of the session. The
 * last two are for values that are read, and emit the same JavaScript.
 */
export function attemptsForSite(compiler: Compiler, site: Site<ts.Node>, context: ValueContext): readonly Attempt[] {
  const access = site.key === undefined ? undefined : outsideParentheses(compiler, site.outer).parent;
  const isAccess =
    access && (compiler.isPropertyAccessExpression(access) || compiler.isElementAccessExpression(access));
  return isAccess ? attemptsForValue(compiler, access, context) : attemptsForSession(compiler, site, context);
}

/** The session itself is handed on: it may have to be said that it is there. */
function attemptsForSession(compiler: Compiler, { outer }: Site<ts.Node>, context: ValueContext): readonly Attempt[] {
  const { plain, sourceFile } = context;
  const attempts: Attempt[] = [{ rung: 1, edits: plain }];
  const session = outsideParentheses(compiler, outer);
  const isRead = compiler.isCallExpression(session.parent) || compiler.isVariableDeclaration(session.parent);
  if (!isRead && !compiler.isReturnStatement(session.parent)) return attempts;
  if (isAlreadyMarked(sourceFile, outer)) return attempts;
  return [...attempts, { rung: 2, edits: markPresent(plain, outer.getEnd()) }];
}

/** A `!` behind the session, in the place of a cast that goes from there. */
function markPresent(plain: readonly Edit[], end: number): readonly Edit[] {
  const gone = plain.find((each) => each.start <= end && end <= each.end && each.text === "");
  if (gone === undefined) return [...plain, { start: end, end, text: "!" }];
  return plain.map((each) => (each === gone ? { ...each, text: "!" } : each));
}

function isAlreadyMarked({ text }: ts.SourceFile, node: ts.Node): boolean {
  return text.charAt(node.getEnd() - 1) === "!";
}

/** The ways to write the value of a key, or what is read of it in one go: `req.session.user?.id`. */
export function attemptsForValue(compiler: Compiler, value: ts.Expression, context: ValueContext): readonly Attempt[] {
  const { plain, sessionEnd, sourceFile, castTo } = context;
  const base = sessionEnd === undefined ? [plain] : [plain, markPresent(plain, sessionEnd)];
  const surest = base.at(-1) ?? plain;
  const written = valueWritten(compiler, value);
  if (written !== undefined) {
    return [...onRung(1, [plain]), ...onRung(2, base.slice(1)), ...onRung(3, [[...surest, castOf(written)]])];
  }
  const chain = chainOf(compiler, value);
  const marks = isPlainRead(compiler, value) ? [[markAt(value)]] : [];
  const chainMarks = chain !== value && isPlainRead(compiler, chain) ? [[markAt(chain)]] : [];
  const both = marks.flatMap((mark) => chainMarks.map((other) => [...mark, ...other]));
  const marked = [...marks, ...chainMarks, ...both].flatMap((mark) => base.map((edits) => [...edits, ...mark]));
  // What is nearest to the use loses the least of the type.
  const chainCasts = (isWholeChain(compiler, chain) ? chainMarks : []).flatMap(() =>
    [[], ...marks].map((mark) => castAround(compiler, sourceFile, chain, "any", [...surest, ...mark])),
  );
  const canCastValue = marks.length > 0 && castTo !== undefined && isWholeChain(compiler, value);
  const valueCasts = canCastValue ? [castAround(compiler, sourceFile, value, castTo, surest)] : [];
  return [
    ...onRung(1, [plain]),
    ...onRung(2, [...base.slice(1), ...marked]),
    ...onRung(3, [...chainCasts, ...valueCasts]),
  ];
}

function onRung(rung: Attempt["rung"], ways: readonly (readonly Edit[])[]): Attempt[] {
  return ways.map((edits) => ({ rung, edits }));
}

function markAt(node: ts.Node): Edit {
  const end = node.getEnd();
  return { start: end, end, text: "!" };
}

/** `(… as T)` around an expression. The opening parenthesis comes before what else goes at the same place. */
function aroundAll(sourceFile: ts.SourceFile, node: ts.Node, type: string, inside: readonly Edit[]): readonly Edit[] {
  const start = node.getStart(sourceFile);
  const end = node.getEnd();
  return [{ start, end: start, text: "(" }, ...inside, { start: end, end, text: ` as ${type})` }];
}

/** A cast of an expression, in parentheses where it needs them. */
function castAround(
  compiler: Compiler,
  sourceFile: ts.SourceFile,
  node: ts.Expression,
  type: string,
  inside: readonly Edit[],
): readonly Edit[] {
  const end = node.getEnd();
  if (standsAlone(compiler, node)) return [...inside, { start: end, end, text: ` as ${type}` }];
  return aroundAll(sourceFile, node, type, inside);
}

/** Whether nothing around an expression could take a part of a cast behind it for its own. */
function standsAlone(compiler: Compiler, node: ts.Expression): boolean {
  const { parent } = node;
  if (compiler.isCallExpression(parent) || compiler.isNewExpression(parent)) return parent.expression !== node;
  if (compiler.isElementAccessExpression(parent)) return parent.argumentExpression === node;
  if (compiler.isBinaryExpression(parent)) {
    return parent.right === node && parent.operatorToken.kind === compiler.SyntaxKind.EqualsToken;
  }
  return (
    compiler.isVariableDeclaration(parent) ||
    compiler.isPropertyAssignment(parent) ||
    compiler.isReturnStatement(parent) ||
    compiler.isParenthesizedExpression(parent) ||
    compiler.isArrayLiteralExpression(parent) ||
    compiler.isTemplateSpan(parent)
  );
}

/** The outermost member that is read of a value without a call in between. */
export function chainOf(compiler: Compiler, value: ts.Expression): ts.Expression {
  const { parent } = value;
  const goesOn =
    (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent)) &&
    parent.expression === value;
  if (!goesOn) return value;
  const isCalled = compiler.isCallExpression(parent.parent) && parent.parent.expression === parent;
  return isCalled ? value : chainOf(compiler, parent);
}

/** Parentheses would end an optional chain that goes on behind the expression. */
function isWholeChain(compiler: Compiler, node: ts.Expression): boolean {
  const { parent } = node;
  const goesOn =
    (compiler.isPropertyAccessExpression(parent) ||
      compiler.isElementAccessExpression(parent) ||
      compiler.isCallExpression(parent)) &&
    parent.expression === node;
  return !goesOn || !isInOptionalChain(compiler, node);
}

function isInOptionalChain(compiler: Compiler, node: ts.Expression): boolean {
  if (compiler.isNonNullExpression(node)) return isInOptionalChain(compiler, node.expression);
  const isPart =
    compiler.isPropertyAccessExpression(node) ||
    compiler.isElementAccessExpression(node) ||
    compiler.isCallExpression(node);
  return isPart && (node.questionDotToken !== undefined || isInOptionalChain(compiler, node.expression));
}

/** What a plain assignment writes into an expression. */
function valueWritten(compiler: Compiler, value: ts.Expression): ts.Expression | undefined {
  const { parent } = value;
  if (!compiler.isBinaryExpression(parent) || parent.left !== value) return undefined;
  return parent.operatorToken.kind === compiler.SyntaxKind.EqualsToken ? parent.right : undefined;
}

/**
 * Parentheses around a value would be emitted, so there are none: `a ?? b as any` casts `b` alone, and what comes of both is
 * `any` all the same.
 */
function castOf(value: ts.Expression): Edit {
  const end = value.getEnd();
  return { start: end, end, text: " as any" };
}

/**
 * Whether an expression is read, perhaps to be written as `count++` and `count += 1` do, and can be put in parentheses: no
 * optional chain goes on behind it.
 */
function isPlainRead(compiler: Compiler, value: ts.Expression): boolean {
  const user = value.parent;
  if (compiler.isDeleteExpression(user)) return false;
  if (compiler.isShorthandPropertyAssignment(user) || compiler.isExportSpecifier(user)) return false;
  if (compiler.isTypeQueryNode(user) || compiler.isNonNullExpression(user)) return false;
  if (valueWritten(compiler, value) !== undefined) return false;
  const goesOnOptionally =
    (compiler.isPropertyAccessExpression(user) ||
      compiler.isElementAccessExpression(user) ||
      compiler.isCallExpression(user)) &&
    user.expression === value &&
    user.questionDotToken !== undefined;
  return !goesOnOptionally;
}

/** The type that the disguise gave the value: a member of the cast's type, or `any`. */
export function castType({ disguises }: Site<ts.Node>, key: string | undefined): string | undefined {
  const cast = disguises.find(({ kind }) => kind === "session-cast");
  if (cast?.kind !== "session-cast") return disguises.every(({ kind }) => kind !== "cast-call") ? "any" : undefined;
  if (cast.type === "any") return "any";
  return key !== undefined && /^[\w$.]+$/.test(cast.type) ? `${cast.type}[${JSON.stringify(key)}]` : undefined;
}

/**
 * A cast of the session, which was any before without saying so. It is the last resort of a place that fits no type: all
 * others keep theirs.
 */
export function attemptToStayUntyped(sourceFile: ts.SourceFile, session: ts.Node): readonly Attempt[] {
  const text = session.getText(sourceFile);
  // Parentheses would end an optional chain, and a pattern takes no cast.
  if (text.includes("?.") || !/^[\w$.![\]"'()]+$/.test(text)) return [];
  return [{ rung: 4, edits: aroundAll(sourceFile, session, "any", []) }];
}
