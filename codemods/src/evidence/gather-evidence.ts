import type ts from "typescript";
import { isInPackage } from "../application/is-in-package.js";
import type { Compiler } from "../application/load.js";
import type { ShapeReader } from "../shape/shape-of-type.js";
import type { DemandReader } from "./demand.js";
import type { Evidence, Strength } from "./evidence.js";
import type { KeyAccess } from "./key-access.js";
import { isLibraryKey } from "./library-keys.js";
import type { WrittenReader } from "./shape-written.js";
import { outermostSameValue } from "./value-flow.js";

/** What evidence is read with. */
export interface EvidenceReaders {
  readonly ts: Compiler;
  readonly checker: ts.TypeChecker;
  readonly shapeOf: ShapeReader;
  readonly shapeWritten: WrittenReader;
  readonly demandsOn: DemandReader;
}

const longestExcerpt = 60;

/** What the places that use a session's keys say of what the keys hold. Keys of libraries, and methods, are left out. */
export function gatherEvidence(readers: EvidenceReaders, accesses: readonly KeyAccess[]): Evidence[] {
  const methods = new Set(accesses.filter((access) => isCalled(readers, access)).map(({ key }) => key));
  const own = accesses.filter(
    (access) => !methods.has(access.key) && !isLibraryKey(access.key) && !isLibrarys(readers, access),
  );
  return own.flatMap((access) => evidenceOf(readers, access));
}

function isCalled({ ts: compiler }: EvidenceReaders, { node }: KeyAccess): boolean {
  return compiler.isCallExpression(node.parent) && node.parent.expression === node;
}

/** A key that a package declares, and gives a type. */
function isLibrarys(readers: EvidenceReaders, access: KeyAccess): boolean {
  const declarations = propertyOf(readers, access)?.declarations ?? [];
  const isForeign = declarations.length > 0 && declarations.every((each) => isInPackage(each));
  return isForeign && readers.shapeOf(readers.checker.getTypeAtLocation(access.node)).kind !== "any";
}

function propertyOf({ ts: compiler, checker }: EvidenceReaders, { key, node, at }: KeyAccess): ts.Symbol | undefined {
  if (compiler.isBindingElement(node.parent)) {
    return checker.getPropertyOfType(checker.getTypeAtLocation(node.parent.parent), key);
  }
  const access = compiler.isCallExpression(node) ? node.expression : node;
  if (compiler.isElementAccessExpression(access) || compiler.isPropertyAccessExpression(access)) {
    return checker.getPropertyOfType(checker.getNonNullableType(checker.getTypeAtLocation(access.expression)), key);
  }
  return checker.getSymbolAtLocation(at);
}

function evidenceOf(readers: EvidenceReaders, access: KeyAccess): Evidence[] {
  const found: Evidence[] = [];
  const add = (shape: Evidence["shape"], strength: Strength, node: ts.Node) => {
    found.push({ key: access.key, shape, strength, ...placeOf(node) });
  };
  const property = access.written === undefined ? propertyOf(readers, access) : undefined;
  const [declaration] = property?.declarations ?? [];
  if (property !== undefined && declaration !== undefined && !isInPackage(declaration)) {
    const type = readers.checker.getNonNullableType(readers.checker.getTypeOfSymbolAtLocation(property, access.node));
    add(readers.shapeOf(type), "declared", declaration);
  }
  if (access.written !== undefined) {
    add(readers.shapeWritten(access.written), "written", access.written);
    return found;
  }
  const statement = outermostSameValue(readers.ts, access.node).parent;
  for (const { shape, strength } of readers.demandsOn(access.node)) add(shape, strength, statement);
  if (found.length === 0) add({ kind: "any" }, "hinted", statement);
  return found;
}

function placeOf(node: ts.Node): Pick<Evidence, "file" | "line" | "found"> {
  const sourceFile = node.getSourceFile();
  const { line } = sourceFile.getLineAndCharacterOfPosition(node.getStart());
  const text = node.getText().replace(/\s+/g, " ");
  const found = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt - 1)}…` : text;
  return { file: sourceFile.fileName, line: line + 1, found };
}
