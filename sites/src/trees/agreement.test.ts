import { expect, test } from "vitest";
import { everyConstruct, readers } from "../plain-sites.fixture.js";

test("both trees give the same answers, offsets and all", () => {
  const [first, ...others] = Object.values(readers).map((findings) => findings(everyConstruct));
  expect(first?.sites).toHaveLength(13);
  expect(first?.parameters).toHaveLength(4);
  for (const other of others) expect(other).toEqual(first);
});
