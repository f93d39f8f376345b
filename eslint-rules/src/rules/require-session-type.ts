import { ESLintUtils, type TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { createRule } from "../create-rule.js";
import { annotationOf, declarationOf } from "../declaration-of.js";
import { importedRequestTypes } from "../request-types.js";
import { sitesOf } from "../session-sites.js";

/** What can be set in an ESLint configuration. */
export interface RequireSessionTypeOptions {
  /** Whether `Register` names a session, for linting without types. Default: nobody knows, and nothing is reported. */
  readonly registered?: boolean;
}

type Context = Readonly<RuleContext<"type", readonly [RequireSessionTypeOptions]>>;

/** Finds requests of typed-session whose session is used although neither they nor a registration say its type. */
export const requireSessionType = createRule<[RequireSessionTypeOptions], "type">({
  name: "require-session-type",
  meta: {
    type: "suggestion",
    docs: { description: "Require a type for the session of typed-session's requests" },
    schema: [
      {
        type: "object",
        properties: {
          registered: {
            type: "boolean",
            description: "Whether `Register` names a session, for linting without types.",
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      type:
        "This session is a dict: '{{name}}' names no type for it, and none is registered. " +
        "Register the application's session, or write {{written}}.",
    },
  },
  defaultOptions: [{}],
  create(context) {
    if (!context.sourceCode.text.includes("typed-session")) return {};
    return {
      Program(program) {
        const types = importedRequestTypes(program);
        if (types.size === 0) return;
        const reported = new Set<TSESTree.Node>();
        for (const { request } of sitesOf(context.sourceCode).sites) {
          const annotation = annotationOf(declarationOf(context.sourceCode, request));
          if (annotation?.type !== "TSTypeReference" || annotation.typeName.type !== "Identifier") continue;
          const { name } = annotation.typeName;
          const type = types.get(name);
          if (type === undefined || (annotation.typeArguments?.params.length ?? 0) >= type.place) continue;
          if (reported.has(annotation) || !isDict(context, annotation)) continue;
          reported.add(annotation);
          context.report({ node: annotation, messageId: "type", data: { name, written: type.written } });
        }
      },
    };
  },
});

const stringIndex = 0; // ts.IndexKind.String: without loading the compiler

/** Whether what the type says of its session is that it takes any key: then no session is registered. */
function isDict(context: Context, annotation: TSESTree.TypeNode): boolean {
  if (!context.sourceCode.parserServices?.program) return context.options[0]?.registered === false;
  const { program, getTypeAtLocation } = ESLintUtils.getParserServices(context);
  const checker = program.getTypeChecker();
  const session = checker.getPropertyOfType(getTypeAtLocation(annotation), "session");
  if (session === undefined) return false;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(session));
  return checker.getIndexInfoOfType(type, stringIndex) !== undefined && checker.getPropertiesOfType(type).length === 0;
}
