import type ts from "typescript";
import type { NameResolver } from "./name-resolver.js";
import { anyShape, primitive, type CalledType, type Member, type NamedShape, type Shape } from "./shape.js";
import { unionOf, withoutUndefined } from "./union-of.js";

/** Turns types of the compiler into shapes. */
export type ShapeReader = (type: ts.Type) => Shape;

const deepest = 5;
const mostMembers = 24;
const mostAlternatives = 16;
/** How many types one shape is made from. What is larger is no session data. */
const mostTypes = 500;

/**
 * Makes a reader of the program's types.
 *
 * Plain data is taken apart, so that a schema can check it. What has methods, refers to itself, or is very large is
 * referred to by name; where it has none that the session file could import, it counts as unknown to us: `any`.
 *
 * @param nameOf - how the session file can refer to a type, if it can
 */
export function createShapeReader(compiler: typeof ts, checker: ts.TypeChecker, nameOf: NameResolver): ShapeReader {
  const { TypeFlags, SymbolFlags } = compiler;
  let left = 0;
  return (type) => {
    left = mostTypes;
    return read(type, []);
  };

  function read(type: ts.Type, path: readonly ts.Type[]): Shape {
    const simple = readSimple(type);
    if (simple !== undefined) return simple;
    left -= 1;
    if (left < 0 || path.length > 2 * deepest) return anyShape;
    if (type.flags & TypeFlags.EnumLike) return named(checker.getBaseTypeOfLiteralType(type), path) ?? anyShape;
    if (type.isUnion()) return readUnion(type, path);
    if (type.flags & (TypeFlags.TypeParameter | TypeFlags.IndexedAccess | TypeFlags.Conditional)) {
      const constraint = checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? anyShape : read(constraint, [...path, type]);
    }
    if (type.flags & (TypeFlags.Object | TypeFlags.Intersection)) return readObject(type, path);
    return anyShape;
  }

  function readSimple(type: ts.Type): Shape | undefined {
    const { flags } = type;
    if (flags & TypeFlags.Any) return anyShape;
    if (flags & TypeFlags.Unknown) return { kind: "unknown" };
    if (flags & TypeFlags.EnumLike) return undefined;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
    if (flags & TypeFlags.BooleanLiteral) return { kind: "literal", value: checker.typeToString(type) === "true" };
    if (flags & TypeFlags.StringLike) return readText(type);
    if (flags & TypeFlags.NumberLike) return primitive("number");
    if (flags & TypeFlags.BooleanLike) return primitive("boolean");
    if (flags & TypeFlags.BigIntLike) return primitive("bigint");
    if (flags & TypeFlags.Null) return primitive("null");
    if (flags & (TypeFlags.Undefined | TypeFlags.Void)) return primitive("undefined");
    return undefined;
  }

  /** TypeScript has template literal types since 4.1. What they are made of has to be known in any file. */
  function readText(type: ts.Type): Shape {
    if ((type.flags & TypeFlags.TemplateLiteral) === 0) return primitive("string");
    const text = checker.typeToString(type, undefined, compiler.TypeFormatFlags.NoTruncation);
    const parts = text.match(/\$\{[^}]*\}/g) ?? [];
    const isKnown = parts.every((each) => ["${string}", "${number}", "${bigint}"].includes(each));
    return isKnown && text.startsWith("`") ? { kind: "template", text } : primitive("string");
  }

  function readUnion(type: ts.UnionType, path: readonly ts.Type[]): Shape {
    if (type.types.length > mostAlternatives) return named(type, path) ?? anyShape;
    return unionOf(type.types.map((each) => read(each, path)));
  }

  function readObject(type: ts.Type, path: readonly ts.Type[]): Shape {
    const symbol: ts.Symbol | undefined = type.getSymbol();
    const element = elementOf(type, symbol);
    if (element !== undefined) return { kind: "array", element: read(element, [...path, type]) };
    if (symbol?.name === "Date" && isFromLibrary(symbol)) return { kind: "date" };
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0)
      return named(type, path) ?? anyShape;
    const isTooDeep = path.length >= deepest || path.includes(type);
    if (isTooDeep || !isPlainData(type, symbol))
      return named(type, path) ?? (isTooDeep ? anyShape : takeApart(type, path));
    return takeApart(type, path);
  }

  function elementOf(type: ts.Type, symbol: ts.Symbol | undefined): ts.Type | undefined {
    const isTuple = isReference(type) && (type.target.objectFlags & compiler.ObjectFlags.Tuple) !== 0;
    const isArray = (symbol?.name === "Array" || symbol?.name === "ReadonlyArray") && isFromLibrary(symbol);
    if (!isTuple && !isArray) return undefined;
    return checker.getIndexTypeOfType(type, compiler.IndexKind.Number);
  }

  function isReference(type: ts.Type): type is ts.TypeReference {
    return (type.flags & TypeFlags.Object) !== 0 && "objectFlags" in type && "target" in type;
  }

  function isFromLibrary(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).some((each) => /[\\/]lib\.[\w.]*d\.ts$/.test(each.getSourceFile().fileName));
  }

  /** Whether a schema could hold all of it: no methods, no class, not too large, none of the language's own objects. */
  function isPlainData(type: ts.Type, symbol: ts.Symbol | undefined): boolean {
    if (symbol !== undefined && (symbol.flags & SymbolFlags.Class || isFromLibrary(symbol))) {
      return symbol.name === "__type";
    }
    const members = checker.getPropertiesOfType(type);
    return (
      members.length <= mostMembers && !members.some((each) => each.flags & (SymbolFlags.Method | SymbolFlags.Accessor))
    );
  }

  function takeApart(type: ts.Type, path: readonly ts.Type[]): Shape {
    const inner = [...path, type];
    const index = checker.getIndexTypeOfType(type, compiler.IndexKind.String);
    const properties = checker.getPropertiesOfType(type);
    if (index !== undefined && properties.length === 0) return { kind: "record", value: read(index, inner) };
    const members = properties
      .filter(({ flags }) => !(flags & SymbolFlags.Method))
      .map((each) => [each.name, memberOf(each, inner)] as const);
    const called = calledBy(type);
    return { kind: "object", members: new Map(members), ...(called === undefined ? {} : { called }) };
  }

  /** The name that the application itself has for a type without parameters. What tests declare is not built with the rest. */
  function calledBy(type: ts.Type): CalledType | undefined {
    const symbol: ts.Symbol | undefined = type.aliasSymbol ?? type.getSymbol();
    const { name, from } = (symbol && parameterCount(symbol) === 0 ? nameOf(symbol) : undefined) ?? {};
    const isOwn = from?.startsWith(".") === true && !/[./](?:test|spec)\b|__tests__|[/]tests?[/]/.test(from);
    return name !== undefined && isOwn && symbol?.declarations?.every(isMeantForOthers) === true
      ? { name, from }
      : undefined;
  }

  /** Declaration files export all that is in them, whether that is meant or not. */
  function isMeantForOthers(declaration: ts.Declaration): boolean {
    const isExported = (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Export) !== 0;
    return isExported || !declaration.getSourceFile().isDeclarationFile;
  }

  function memberOf(symbol: ts.Symbol, path: readonly ts.Type[]): Member {
    const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
    const optional = (symbol.flags & SymbolFlags.Optional) !== 0;
    const type = declaration === undefined ? undefined : checker.getTypeOfSymbolAtLocation(symbol, declaration);
    if (type === undefined) return { shape: anyShape, optional };
    const shape = read(type, path);
    return { shape: optional ? withoutUndefined(shape) : shape, optional };
  }

  function named(type: ts.Type, path: readonly ts.Type[]): NamedShape | undefined {
    const symbol: ts.Symbol | undefined = type.aliasSymbol ?? type.getSymbol();
    const name = symbol && nameOf(symbol);
    if (name === undefined) return undefined;
    const given = type.aliasSymbol
      ? type.aliasTypeArguments
      : isReference(type)
        ? checker.getTypeArguments(type)
        : undefined;
    const wanted = parameterCount(symbol);
    const typeArguments = (given ?? []).slice(0, wanted).map((each) => read(each, [...path, type]));
    return { kind: "named", ...name, typeArguments, expand: () => takeApart(type, path) };
  }

  /** The compiler gives a class its own `this` as a last argument, which nobody writes. */
  function parameterCount(symbol: ts.Symbol | undefined): number {
    const counts = (symbol?.declarations ?? []).map((each) => {
      const isGeneric =
        compiler.isClassDeclaration(each) ||
        compiler.isInterfaceDeclaration(each) ||
        compiler.isTypeAliasDeclaration(each);
      return isGeneric ? (each.typeParameters?.length ?? 0) : 0;
    });
    return Math.max(0, ...counts);
  }
}
