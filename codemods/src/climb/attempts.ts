import type ts from "typescript";
import type { Edit, Site } from "typed-session-sites";
import { outsideParentheses } from "./find-alias-uses.js";
import type { Attempt } from "./proposal.js";

/**
 * The ways to write a site without its disguises: plainly, with `!` on the value, with a cast of the value instead of one
 * of the session. The last two are for values that are read, and emit the same JavaScript.
 */
export function attemptsForSite(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  site: Site<ts.Node>,
  plain: readonly Edit[],
): readonly Attempt[] {
  const access = site.key === undefined ? undefined : outsideParentheses(compiler, site.outer).parent;
  const isAccess =
    access && (compiler.isPropertyAccessExpression(access) || compiler.isElementAccessExpression(access));
  if (!isAccess) return [{ rung: 1, edits: plain }];
  return attemptsForValue(compiler, sourceFile, access, castType(site, site.key), plain);
}

/** The ways to write the read of a key through a variable that a session was given to. */
export function attemptsForUse(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  site: Site<ts.Node>,
  use: ts.Expression,
): readonly Attempt[] {
  const key = compiler.isPropertyAccessExpression(use) ? use.name.text : undefined;
  return attemptsForValue(compiler, sourceFile, use, castType(site, key), []);
}

function attemptsForValue(
  compiler: typeof ts,
  sourceFile: ts.SourceFile,
  value: ts.Expression,
  type: string | undefined,
  plain: readonly Edit[],
): readonly Attempt[] {
  const attempts: Attempt[] = [{ rung: 1, edits: plain }];
  if (!isPlainRead(compiler, value)) return attempts;
  const start = value.getStart(sourceFile);
  const end = value.getEnd();
  attempts.push({ rung: 2, edits: [...plain, { start: end, end, text: "!" }] });
  if (type === undefined) return attempts;
  const cast: Edit[] = [
    { start, end: start, text: "(" },
    { start: end, end, text: ` as ${type})` },
  ];
  attempts.push({ rung: 3, edits: [...cast, ...plain] });
  return attempts;
}

/** Whether an expression is read, and can be put in parentheses: no optional chain goes on behind it, nothing is assigned. */
function isPlainRead(compiler: typeof ts, value: ts.Expression): boolean {
  const isAccess = compiler.isPropertyAccessExpression(value) || compiler.isElementAccessExpression(value);
  if (isAccess && value.questionDotToken !== undefined) return false;
  const user = value.parent;
  if (compiler.isDeleteExpression(user) || compiler.isPostfixUnaryExpression(user)) return false;
  if (compiler.isShorthandPropertyAssignment(user) || compiler.isExportSpecifier(user)) return false;
  if (compiler.isTypeQueryNode(user) || compiler.isNonNullExpression(user)) return false;
  if (compiler.isPrefixUnaryExpression(user) && user.operator !== compiler.SyntaxKind.ExclamationToken) return false;
  if (compiler.isBinaryExpression(user) && user.left === value && isAssignment(compiler, user)) return false;
  const goesOnOptionally =
    (compiler.isPropertyAccessExpression(user) ||
      compiler.isElementAccessExpression(user) ||
      compiler.isCallExpression(user)) &&
    user.expression === value &&
    user.questionDotToken !== undefined;
  return !goesOnOptionally;
}

function isAssignment(compiler: typeof ts, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= compiler.SyntaxKind.FirstAssignment && kind <= compiler.SyntaxKind.LastAssignment;
}

/** The type that the disguise gave the value: a member of the cast's type, or `any`. */
function castType({ disguises }: Site<ts.Node>, key: string | undefined): string | undefined {
  const cast = disguises.find(({ kind }) => kind === "session-cast");
  if (cast?.kind !== "session-cast") return undefined;
  if (cast.type === "any") return "any";
  return key !== undefined && /^[\w$.]+$/.test(cast.type) ? `${cast.type}[${JSON.stringify(key)}]` : undefined;
}
