import { describe } from "vitest";
import { testUpgrades } from "./expect-upgrade.fixture.js";
import { fixtures } from "./fixture-names.fixture.js";

describe("an application for each way to declare the session, and who must see that", () => {
  testUpgrades(fixtures.declarations);
});
