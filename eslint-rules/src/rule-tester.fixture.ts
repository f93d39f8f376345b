import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { RuleTester } from "@typescript-eslint/rule-tester";
import { afterAll, describe, it } from "vitest";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

/** Runs a rule on text alone, as it runs in a project that has not set up typed linting. */
export function untypedTester(): RuleTester {
  return new RuleTester({ languageOptions: { parser } });
}

/** Runs a rule with the compiler's services; `fixtures/typed` is the project. */
export function typedTester(): RuleTester {
  const tsconfigRootDir = fileURLToPath(new URL("../fixtures/typed", import.meta.url));
  return new RuleTester({ languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir } } });
}
