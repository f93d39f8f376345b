import type { ParserServicesWithTypeInformation, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

/** A key that an object's type does not declare, and those that it does. */
export interface UnknownKey {
  readonly key: string;
  readonly known: readonly string[];
}

const stringIndex = 0; // ts.IndexKind.String: without loading the compiler
const anyFlag = 1; // ts.TypeFlags.Any

/**
 * Follows a path of keys from an expression, and says which of them its type does not declare although the compiler would
 * not say so.
 *
 * @param isText - whether the keys are text to the compiler, as in a path of lodash: then it never says anything. Else it is
 * silent only about types with an index signature.
 */
export function unknownKeyOf(
  { program, getTypeAtLocation }: ParserServicesWithTypeInformation,
  session: TSESTree.Node,
  path: readonly string[],
  isText: boolean,
): UnknownKey | undefined {
  const checker = program.getTypeChecker();
  let type = checker.getNonNullableType(getTypeAtLocation(session));
  for (const key of path) {
    const property = checker.getPropertyOfType(type, key);
    if (property === undefined) {
      return isSilent(checker, type, isText) ? { key, known: ownKeys(checker, type) } : undefined;
    }
    type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  }
  return undefined;
}

/** Only of a type with keys of the application's own can be said that a key is none of it. */
function isSilent(checker: ts.TypeChecker, type: ts.Type, isText: boolean): boolean {
  if ((type.flags & anyFlag) !== 0) return false;
  const isQuiet = isText || checker.getIndexInfoOfType(type, stringIndex) !== undefined;
  return isQuiet && ownKeys(checker, type).length > 0;
}

/** The keys that no package declares: express-session's `cookie` and `save` are no data. */
function ownKeys(checker: ts.TypeChecker, type: ts.Type): string[] {
  return checker
    .getPropertiesOfType(type)
    .filter(({ declarations = [] }) =>
      declarations.some((each) => !each.getSourceFile().fileName.includes("/node_modules/")),
    )
    .map(({ name }) => name)
    .sort();
}
