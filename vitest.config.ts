import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.js";

/** `npm run test:long` runs the campaigns of generated cases in full; `npm test` runs a part of them. */
const isLong = process.env["npm_lifecycle_event"] === "test:long";

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "runtime",
          include: ["src/**/*.test.ts", "bench/*.test.mjs"],
        },
      },
      {
        extends: true,
        test: {
          name: "tools",
          include: [
            "sites/src/**/*.test.ts",
            "eslint-rules/src/**/*.test.ts",
            "codemods/src/**/*.test.ts",
            "type-tests/*.test.ts",
            "demo/*.test.ts",
            "docs/*.test.ts",
            "examples/*.test.ts",
            "generators/*.test.ts",
            "packaging/*.test.ts",
          ],
          // Compilers, and what they have parsed, take longer to load than most of these tests take.
          isolate: false,
        },
      },
    ],
    // What is printed is compared: it has no colours.
    env: { NO_COLOR: "1", ...(isLong ? { TYPED_SESSION_RUNS: "20000" } : {}) },
    // Many tests wait for processes that they start.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
    // For a test that hangs: a slow or busy machine is no failure.
    testTimeout: isLong ? 1_200_000 : 240_000,
    hookTimeout: 240_000,
  },
});
