// Prints "N passed, N failed" from the test run's own report. A run that broke before or beside its tests counts as one
// failure, so that the line never looks better than the exit code.
import { readFileSync } from "node:fs";

const status = Number(process.argv[2]);
const report = readReport();
const failed = Math.max(report.numFailedTests, status === 0 ? 0 : 1);
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);

function readReport() {
  try {
    return JSON.parse(readFileSync(new URL("../.vitest/results.json", import.meta.url), "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}
