import * as parser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import { Linter, type RuleContext } from "@typescript-eslint/utils/ts-eslint";
import type { Tree } from "../tree.js";
import { estreeTree, type EstreeSource } from "./estree.js";

/** Parses a text with ESLint itself, without a project. For tests: in a rule, ESLint has parsed the file already. */
export function parseEstree(text: string, fileName = "file.ts"): Tree<TSESTree.Node> {
  let source: EstreeSource | undefined;
  const create = (context: RuleContext<never, []>) => {
    source = context.sourceCode;
    return {};
  };
  const problems = new Linter({ configType: "flat" }).verify(
    text,
    {
      files: ["**/*.{ts,tsx,mts,cts}"],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: fileName.endsWith("x") } } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { capture: { rules: { source: { create } } } },
      rules: { "capture/source": "error" },
    },
    fileName,
  );
  const fatal = problems.find((problem) => problem.fatal);
  if (!source) throw new SyntaxError(`${fileName}:${fatal?.line}: ${fatal?.message ?? "not parsed"}`);
  return estreeTree(source);
}
