import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "sites/src/**/*.test.ts",
      "eslint-rules/src/**/*.test.ts",
      "codemods/src/**/*.test.ts",
      "type-tests/*.test.ts",
      "demo/*.test.ts",
      "packaging/*.test.ts",
    ],
    reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
