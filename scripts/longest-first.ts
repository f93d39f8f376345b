import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The test files that take longest, so that no worker is left with one of them while the others have nothing to do. */
const longest = [
  "packaging/packages.test.ts",
  "type-tests/type-tests.test.ts",
  "demo/demo.test.ts",
  "type-tests/matrix.test.ts",
  "codemods/src/write/killed.test.ts",
  "codemods/src/upgrade-project.test.ts",
  "codemods/src/upgrade-accesses.test.ts",
  "codemods/src/agreement-on-applications.test.ts",
  "docs/migration.test.ts",
  "codemods/src/upgrade-hosts.test.ts",
  "codemods/src/upgrade-declarations.test.ts",
  "codemods/src/schema/inferred-types.test.ts",
];

/** The files of a project one after the other, those that take longest first, also where no earlier run has said which. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
      return index === -1 ? longest.length : index;
    };
    return sorted.sort((a, b) => b.project.name.localeCompare(a.project.name) || rank(a) - rank(b));
  }
}
