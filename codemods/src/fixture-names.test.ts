import { expect, test } from "vitest";
import { fixtureNames } from "./fixture-application.fixture.js";
import { fixtures } from "./fixture-names.fixture.js";
import { knownShortcomings } from "./known-shortcomings.fixture.js";

test("every application is upgraded by a test, once", () => {
  expect(Object.values(fixtures).flat().sort()).toEqual(fixtureNames());
});

test("every shortcoming is one of an application that is there", () => {
  expect(fixtureNames()).toEqual(expect.arrayContaining([...knownShortcomings.keys()]));
});
