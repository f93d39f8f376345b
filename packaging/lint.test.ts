import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

const cwd = fileURLToPath(new URL("..", import.meta.url));

test("no file, export or dependency of the workspace is without a use", () => {
  const knip = fileURLToPath(new URL("../node_modules/knip/bin/knip.js", import.meta.url));
  const run = () => execFileSync(process.execPath, [knip, "--no-progress"], { cwd, encoding: "utf8", stdio: "pipe" });
  let found = "";
  try {
    run();
  } catch (error) {
    found = error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
  expect(found).toBe("");
});

test("the examples are what the project's own lint rules ask for", async () => {
  const eslint = new ESLint({ cwd });
  const results = await eslint.lintFiles(["examples"]);
  expect(results.length).toBeGreaterThan(10);
  expect(results.flatMap(({ filePath, messages }) => messages.map(({ message }) => `${filePath}: ${message}`))).toEqual(
    [],
  );
});

test("and that check is awake: it knows the one application that is not upgraded", async () => {
  const eslint = new ESLint({ cwd, ignore: false });
  const results = await eslint.lintFiles(["examples/express-v2/src"]);
  expect(results.flatMap(({ messages }) => messages).length).toBeGreaterThan(10);
});
