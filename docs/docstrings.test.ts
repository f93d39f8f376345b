import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createPackageProgram, publishedPackages } from "./api-pages.js";
import { readThrowers } from "./thrown-errors.fixture.js";

const root = fileURLToPath(new URL("../", import.meta.url));

test("every public function that throws an error of the project says so", () => {
  const throwers = publishedPackages().flatMap((published) => {
    const sources = Object.values(published.entries).map((source) => join(root, source));
    return readThrowers(createPackageProgram(published), sources);
  });
  expect(throwers.filter(({ thrown }) => thrown.length > 0).length).toBeGreaterThan(30);
  const silent = throwers.flatMap(({ name, thrown, documented }) => {
    const missing = thrown.filter((error) => !documented.includes(error));
    return missing.length === 0 ? [] : [`${name}: @throws ${missing.join(", ")}`];
  });
  expect(silent).toEqual([]);
});
