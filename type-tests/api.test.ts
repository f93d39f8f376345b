import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rollUp } from "./roll-up.js";

const folder = new URL("api/", import.meta.url);

test("the public types are those of the report", async () => {
  const api = await rollUp();
  const report = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
  );
  expect(
    Object.fromEntries(api),
    "The public types have changed: type-tests/api is no longer what is built. Where the difference below is meant, " +
      "accept it with `npm run api:accept`, and commit the report with the change.",
  ).toEqual(report);
});
