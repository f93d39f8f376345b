// The package's root would load ESLint, which need not be the linter.
import { RuleCreator, type NamedCreateRuleMeta } from "@typescript-eslint/utils/eslint-utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleContext, RuleModule } from "@typescript-eslint/utils/ts-eslint";
import type { PresetName } from "./plugin-types.js";

/** What a rule says of itself beside what ESLint asks for. */
export interface SessionRuleDocs {
  /** The presets that the rule begins in; those that build on them have it too. */
  readonly presets: readonly PresetName[];
  /** Whether it says nothing without types, unless options tell it more. */
  readonly requiresTypeChecking?: boolean;
}

/** A rule as a linter takes it. */
export type Rule<MessageIds extends string, Options extends readonly unknown[] = []> = RuleModule<
  MessageIds,
  Options,
  SessionRuleDocs
>;

/** A rule as it is written here. */
export interface SessionRule<Options extends readonly unknown[], MessageIds extends string> {
  /** In kebab case; the rule's file, its test and its page are called so too. */
  readonly name: string;
  readonly meta: NamedCreateRuleMeta<MessageIds, SessionRuleDocs, Options>;
  readonly defaultOptions: Options;
  /** What is in the text of every file that the rule has something to say about. Without it, nothing is looked at. */
  readonly mentions: RegExp;
  /** Looks at a whole file, once it is parsed. */
  check(context: Readonly<RuleContext<MessageIds, Options>>, program: TSESTree.Program, options: Options): void;
}

const createDocumented = RuleCreator<SessionRuleDocs>(
  (name) => `https://unpkg.com/eslint-plugin-typed-session/docs/rules/${name}.md`,
);

/** Makes a rule whose documentation is the page of its name, and which costs nothing where a file does not mention its subject. */
export function createRule<MessageIds extends string, Options extends readonly unknown[] = []>({
  mentions,
  check,
  ...rule
}: SessionRule<Options, MessageIds>): Rule<MessageIds, Options> {
  const documented = createDocumented<Options, MessageIds>({
    ...rule,
    create: (context, options) => ({ Program: (program) => check(context, program, options) }),
  });
  // Comes before RuleCreator clones the defaults and merges the options into them, for each rule and file.
  const create: typeof documented.create = (context) =>
    mentions.test(context.sourceCode.text) ? documented.create(context) : {};
  return { ...documented, create };
}
