import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import { isInPackage } from "../application/is-in-package.js";
import type { Compiler } from "../application/load.js";
import { findKeyAccesses } from "../evidence/find-key-accesses.js";
import { isUntypedNode, type DeclarationContext } from "./declaration-context.js";

const expressSession = "express-session";

/** Whether a type is `Session` of express-session, or nothing. */
export function isKeylessSession(context: DeclarationContext, type: ts.TypeNode): boolean {
  const present = presentAlternative(context.compiler, type);
  const isKnown = context.registration.host === expressSession && present !== undefined;
  return isKnown && isOfLibrary(context, present, "Session");
}

/**
 * How a parameter gets the keys of a session that is declared without: `Session` of express-session has the methods alone, and
 * the keys are those of `SessionData`. What the application declares in `Session` itself moves there. An intersection stays
 * where it has all keys that are asked of it, but for parts that take any key.
 */
export function keylessSessionEdits(
  context: DeclarationContext,
  { name, type }: ts.ParameterDeclaration,
): ((text: string) => Edit[]) | undefined {
  const { compiler, registration } = context;
  const written = type && presentAlternative(compiler, type);
  if (registration.host !== expressSession || written === undefined) return undefined;
  const inner = withoutWrapper(compiler, written);
  if (compiler.isIntersectionTypeNode(inner)) return intersectionEdits(context, name, inner);
  return isOfLibrary(context, inner, "Session") ? (text) => [replace(inner, text)] : undefined;
}

function intersectionEdits(
  context: DeclarationContext,
  name: ts.BindingName,
  type: ts.IntersectionTypeNode,
): ((text: string) => Edit[]) | undefined {
  const { compiler } = context;
  const session = type.types.find((each) => isOfLibrary(context, each, "Session"));
  if (session === undefined) return undefined;
  const untyped = type.types.filter((each) => isUntypedNode(compiler, each));
  if (type.types.length === untyped.length + 1) return (text) => [replace(withParentheses(compiler, type), text)];
  const hasKeys = type.types.some((each) => isOfLibrary(context, withoutWrapper(compiler, each), "SessionData"));
  if (untyped.length === 0 && (hasKeys || !lacksKeys(context, name, type))) return undefined;
  const removed = untyped.map((each) => withoutPart(type, each));
  return (text) => [...(hasKeys ? [] : [replace(session, text)]), ...removed];
}

/** The one alternative of a type that is neither null nor undefined. */
export function presentAlternative(compiler: Compiler, type: ts.TypeNode): ts.TypeNode | undefined {
  if (!compiler.isUnionTypeNode(type)) return type;
  const [present, ...others] = type.types.filter((each) => !/^(?:null|undefined)$/.test(each.getText()));
  return others.length === 0 ? present : undefined;
}

/** What stands in `Partial<…>`, `Readonly<…>`, or in parentheses. */
function withoutWrapper(compiler: Compiler, type: ts.TypeNode): ts.TypeNode {
  if (compiler.isParenthesizedTypeNode(type)) return withoutWrapper(compiler, type.type);
  const isWrapper = compiler.isTypeReferenceNode(type) && /^(?:Partial|Readonly)$/.test(type.typeName.getText());
  const [argument] = isWrapper ? (type.typeArguments ?? []) : [];
  return argument === undefined ? type : withoutWrapper(compiler, argument);
}

function withParentheses(compiler: Compiler, type: ts.Node): ts.Node {
  return compiler.isParenthesizedTypeNode(type.parent) ? withParentheses(compiler, type.parent) : type;
}

/** The application may have declared keys in it, but the type itself is the library's. */
function isOfLibrary({ compiler, checker }: DeclarationContext, type: ts.TypeNode, name: string): boolean {
  if (!compiler.isTypeReferenceNode(type)) return false;
  const symbol = checker.getTypeFromTypeNode(type).getSymbol();
  return symbol?.name === name && (symbol.declarations?.some((each) => isInPackage(each)) ?? false);
}

function lacksKeys(context: DeclarationContext, name: ts.BindingName, type: ts.TypeNode): boolean {
  const { compiler, checker, uses } = context;
  if (!compiler.isIdentifier(name)) return false;
  const declared = checker.getTypeFromTypeNode(type);
  const accesses = uses.usesOf(name).flatMap((use) => findKeyAccesses(compiler, checker, uses, use));
  return accesses.some(({ key }) => {
    const { declarations = [] } = checker.getPropertyOfType(declared, key) ?? {};
    return declarations.every((each) => willMove(compiler, each));
  });
}

/** Keys that the application adds to `Session` move to where the others are. */
function willMove(compiler: Compiler, { parent }: ts.Declaration): boolean {
  return compiler.isInterfaceDeclaration(parent) && parent.name.text === "Session" && !isInPackage(parent);
}

/** The edit that removes a part of an intersection, with the `&` that joins it. */
export function withoutPart({ types }: ts.IntersectionTypeNode, part: ts.TypeNode): Edit {
  const index = types.indexOf(part);
  const [previous, next] = [types[index - 1], types[index + 1]];
  if (previous !== undefined) return { start: previous.end, end: part.end, text: "" };
  return { start: part.getStart(), end: next?.getStart() ?? part.end, text: "" };
}

function replace(node: ts.Node, text: string): Edit {
  return { start: node.getStart(), end: node.end, text };
}
