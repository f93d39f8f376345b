import { insertEntry, insertIntoUnion, insertSorted } from "./entries.js";
import type { Names } from "./names.js";

/** A change of a file that lists things of a kind. */
export interface ListChange {
  readonly file: string;
  change(text: string, names: Names): string;
}

/** A kind of thing that can be made from templates. */
export interface Kind {
  /** An example of a name. */
  readonly example: string;
  /** The lists that it is entered in. */
  readonly lists: readonly ListChange[];
  /** What the author runs to see how far the new thing is: the paths of test files, and what to filter them by. */
  test(names: Names): string;
  /** What is left to do, besides what the test says. */
  steps(names: Names): readonly string[];
}

const acceptTypes = "`npm run api:accept` and `npm run api:pages`, and read the diff: the public types have changed";

export const kinds: Readonly<Record<string, Kind>> = {
  store: {
    example: "dynamo",
    lists: [
      {
        file: "src/stores/index.ts",
        change: (text, { kebab, pascal }) =>
          `${text}export { ${pascal}Store, type ${pascal}StoreOptions } from "./${kebab}.js";\n`,
      },
    ],
    test: ({ kebab }) => `src/stores/${kebab}.test.ts`,
    steps: () => ["Say in docs/sessions.md when to use it.", `When it is written: ${acceptTypes}.`],
  },
  adapter: {
    example: "restify",
    lists: [
      {
        file: "package.json",
        change: (text, { kebab }) => insertEntry(text, kebab, `adapters/${kebab}`, "passport"),
      },
    ],
    test: ({ kebab }) => `src/adapters/${kebab}.test.ts`,
    steps: ({ kebab }) => [
      "Install the framework for development, and name it as an optional peer in package.json.",
      "Add a program to type-tests/adapters, a section to docs/frameworks.md, and the shop to examples/.",
      `Give the examples of its docstrings their names: docs/example-names/${kebab}.ts, listed in docs/api-examples.test.ts.`,
      `When it is written: ${acceptTypes}.`,
    ],
  },
  rule: {
    example: "no-session-in-urls",
    lists: [
      {
        file: "eslint-rules/src/plugin.ts",
        change: (text, { kebab, camel }) =>
          insertSorted(
            insertSorted(text, `import { ${camel} } from "./rules/${kebab}.js";`, /^import .* from "\.\/rules\//),
            `  "${kebab}": ${camel},`,
            /^ {2}"[\w-]+": \w+,$/,
          ),
      },
      { file: "eslint-rules/src/plugin-types.ts", change: (text, { kebab }) => insertIntoUnion(text, kebab) },
    ],
    test: ({ kebab }) => `eslint-rules/src/rules/${kebab}.test.ts`,
    steps: ({ kebab }) => [
      `Say in the rule's \`meta\` what it is for and which presets have it, and show each message in eslint-rules/docs/rules/${kebab}.md.`,
      "`npm run build && npm run docs -w eslint-rules`: the page's head and the README's table, from `meta`.",
      "`npx vitest run eslint-rules -u`: the snapshots of presets and options. Read the diff.",
    ],
  },
  transform: {
    example: "rename-session-keys",
    lists: [
      {
        file: "codemods/src/transforms/transform-fixtures.test.ts",
        change: (text, { kebab, camel }) =>
          insertSorted(
            insertSorted(text, `import ${camel} from "./${kebab}.js";`, /^import (?!\{).* from "\.\/[\w-]+\.js";$/),
            `  "${kebab}": ${camel},`,
            /^ {2}"[\w-]+": \w+,$/,
          ),
      },
    ],
    test: ({ kebab }) => `codemods/src/transforms/transform-fixtures.test.ts -t "${kebab}"`,
    steps: ({ kebab }) => [
      `Add a pair of fixtures for each case to codemods/src/transforms/__testfixtures__/${kebab}.`,
      "For whole applications: a `propose…` function in codemods/src/climb, listed in codemods/src/project-transforms.ts.",
      "`npm run api:pages`, and add the page to those of docs/api-examples.test.ts if it has an example in TypeScript.",
    ],
  },
};
