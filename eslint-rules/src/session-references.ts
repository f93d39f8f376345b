import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Site } from "typed-session-sites";
import { variableOf } from "./declaration-of.js";

/** The expressions that are the session of a site: where it is written, and where a variable that holds it is used. */
export function sessionReferences(
  sourceCode: Readonly<SourceCode>,
  { form, session, outer }: Site<TSESTree.Node>,
): readonly TSESTree.Node[] {
  if (form === "destructured") return referencesOf(sourceCode, destructuredName(session));
  const { parent } = outer;
  const isHeld = parent?.type === "VariableDeclarator" && parent.init === outer && parent.id.type === "Identifier";
  return isHeld ? [outer, ...referencesOf(sourceCode, parent.id)] : [outer];
}

function destructuredName(element: TSESTree.Node): TSESTree.Node {
  if (element.type !== "Property") return element;
  return element.value.type === "AssignmentPattern" ? element.value.left : element.value;
}

function referencesOf(sourceCode: Readonly<SourceCode>, name: TSESTree.Node): readonly TSESTree.Node[] {
  const variable = name.type === "Identifier" ? variableOf(sourceCode, name) : undefined;
  return variable?.references.map(({ identifier }) => identifier).filter((each) => each !== name) ?? [];
}
