import type ts from "typescript";
import { isInPackage } from "../application/is-in-package.js";
import type { Evidence } from "../evidence/evidence.js";
import { isLibraryKey } from "../evidence/library-keys.js";
import type { ShapeReader } from "../shape/shape-of-type.js";
import type { KeyDeclaration } from "./find-key-declarations.js";

/** What the application's own declarations say of the session's keys, those that merge with nothing included. */
export function declaredEvidence(
  checker: ts.TypeChecker,
  shapeOf: ShapeReader,
  declarations: readonly KeyDeclaration[],
): Evidence[] {
  return declarations.flatMap(({ interface: node, describedAs }) => {
    const file = node.getSourceFile();
    const inherited = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap((each) => checker.getPropertiesOfType(checker.getTypeAtLocation(each))),
    );
    const own = node.members.flatMap(({ name }) => (name && checker.getSymbolAtLocation(name)) ?? []);
    return [...own, ...inherited].flatMap((symbol): Evidence[] => {
      const [declaration] = symbol.declarations ?? [];
      if (declaration === undefined || isLibraryKey(symbol.name) || isInPackage(declaration)) return [];
      const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(symbol, node));
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      const shape = shapeOf(type);
      return [
        { key: symbol.name, shape, strength: "declared", file: file.fileName, line: line + 1, found: describedAs },
      ];
    });
  });
}
