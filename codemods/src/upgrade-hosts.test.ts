import { describe } from "vitest";
import { testUpgrades } from "./expect-upgrade.fixture.js";
import { fixtures } from "./fixture-names.fixture.js";

describe("an application for each session library", () => {
  testUpgrades(fixtures.hosts);
});
