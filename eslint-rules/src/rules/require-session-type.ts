import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { createRule, type Rule } from "../create-rule.js";
import { annotationOf, declarationOf } from "../variables.js";
import { importedRequestTypes } from "../request-types.js";
import { sitesOf } from "../session-sites.js";
import { typesOf } from "../types-of.js";

/** What can be set in an ESLint configuration. */
export interface RequireSessionTypeOptions {
  /** Whether `Register` names a session, for linting without types. Default: nobody knows, and nothing is reported. */
  readonly registered?: boolean;
}

type Options = readonly [RequireSessionTypeOptions];
type Context = Readonly<RuleContext<"type", Options>>;

/** Finds requests of typed-session whose session is used although neither they nor a registration say its type. */
export const requireSessionType: Rule<"type", Options> = createRule<"type", Options>({
  name: "require-session-type",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require a type for the session of typed-session's requests",
      presets: ["v3"],
      requiresTypeChecking: true,
    },
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
  mentions: /typed-session/,
  check(context, program, [{ registered }]) {
    const types = importedRequestTypes(program);
    if (types.size === 0) return;
    const reported = new Set<TSESTree.Node>();
    for (const { site } of sitesOf(context.sourceCode).read) {
      const annotation = annotationOf(declarationOf(context.sourceCode, site.request));
      if (annotation?.type !== "TSTypeReference" || annotation.typeName.type !== "Identifier") continue;
      const { name } = annotation.typeName;
      const type = types.get(name);
      if (type === undefined || (annotation.typeArguments?.params.length ?? 0) >= type.place) continue;
      if (reported.has(annotation) || !isDict(context, annotation, registered)) continue;
      reported.add(annotation);
      context.report({ node: annotation, messageId: "type", data: { name, written: type.written } });
    }
  },
});

const stringIndex = 0; // ts.IndexKind.String: without loading the compiler

/** Whether what the type says of its session is that it takes any key: then no session is registered. */
function isDict(context: Context, annotation: TSESTree.TypeNode, registered: boolean | undefined): boolean {
  const types = typesOf(context);
  if (types === undefined) return registered === false;
  const checker = types.program.getTypeChecker();
  const session = checker.getPropertyOfType(types.getTypeAtLocation(annotation), "session");
  if (session === undefined) return false;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(session));
  return checker.getIndexInfoOfType(type, stringIndex) !== undefined && checker.getPropertiesOfType(type).length === 0;
}
