import { describe } from "vitest";
import { testUpgrades } from "./expect-upgrade.fixture.js";
import { fixtures } from "./fixture-names.fixture.js";

describe("an application for each way to get at a session, and what its keys are found to hold", () => {
  testUpgrades(fixtures.accesses);
});
