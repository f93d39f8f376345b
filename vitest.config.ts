import { defineConfig } from "vitest/config";

/** `npm run test:long` runs the campaigns of generated cases in full; `npm test` runs a part of them. */
const isLong = process.env["npm_lifecycle_event"] === "test:long";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "sites/src/**/*.test.ts",
      "eslint-rules/src/**/*.test.ts",
      "codemods/src/**/*.test.ts",
      "type-tests/*.test.ts",
      "bench/*.test.mjs",
      "demo/*.test.ts",
      "docs/*.test.ts",
      "examples/*.test.ts",
      "generators/*.test.ts",
      "packaging/*.test.ts",
    ],
    env: isLong ? { TYPED_SESSION_RUNS: "20000" } : {},
    // Many tests wait for processes that they start.
    maxWorkers: "100%",
    reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
    // For a test that hangs: a slow or busy machine is no failure.
    testTimeout: isLong ? 1_200_000 : 240_000,
    hookTimeout: 240_000,
  },
});
