import { getParserServices } from "@typescript-eslint/utils/eslint-utils";
import type { ParserServicesWithTypeInformation, TSESTree } from "@typescript-eslint/utils";
import type { RuleContext, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { TypesAtNodes } from "typed-session-sites";

type Context = Readonly<RuleContext<string, readonly unknown[]>>;

const anyFlag = 1; // ts.TypeFlags.Any, in every version: without loading the compiler

/**
 * The compiler's services, where typed linting is set up; `undefined` elsewhere, as under a linter that has none.
 *
 * What is asked of them is not always cheap: ask only where a session is.
 */
export function typesOf(context: Context): ParserServicesWithTypeInformation | undefined {
  return context.sourceCode.parserServices?.program ? getParserServices(context) : undefined;
}

/** The same for what has no rule's context. */
export function typesAtNodes({ parserServices }: Readonly<SourceCode>): TypesAtNodes<TSESTree.Node> | undefined {
  const { program, esTreeNodeToTSNodeMap: nodes } = parserServices ?? {};
  if (!program || nodes === undefined) return undefined;
  const checker = program.getTypeChecker();
  return { checker, typeAt: (node) => checker.getTypeAtLocation(nodes.get(node)) };
}

/** Whether the compiler says that an expression is `any`; not, where there is none to say so. */
export function isAnyAt(context: Context, node: TSESTree.Node): boolean {
  const type = typesOf(context)?.getTypeAtLocation(node);
  return type !== undefined && (type.flags & anyFlag) !== 0;
}

/** The text that an expression is by its type, such as a constant's. */
export function literalAt(context: Context, node: TSESTree.Node): string | undefined {
  const type = typesOf(context)?.getTypeAtLocation(node);
  return type?.isStringLiteral() ? type.value : undefined;
}
