import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesFolder } from "./fixture-application.fixture.js";
import { brokenPromises, knownShortcomings } from "./known-shortcomings.fixture.js";
import { describeUpgrade, upgradeFixture } from "./upgrade-fixture.fixture.js";

/** A test for each of some fixtures. */
export function testUpgrades(names: readonly string[]): void {
  for (const name of names) {
    const flaw = brokenPromises.get(name);
    if (flaw === undefined) test(name, () => expectUpgrade(name));
    else test.fails(`${name}: ${flaw}`, () => void upgradeFixture(name));
  }
}

/**
 * Upgrades a fixture, and compares what came of it with what was judged: `<name>.expected.diff` beside it. What is known to
 * fall short must still do so.
 */
async function expectUpgrade(name: string): Promise<void> {
  const upgraded = upgradeFixture(name);
  await expect(describeUpgrade(upgraded)).toMatchFileSnapshot(join(fixturesFolder, `${name}.expected.diff`));
  const { path, read } = upgraded.application;
  for (const { file, wanted, reason } of knownShortcomings.get(name) ?? []) {
    const isThere = existsSync(path(file));
    const isMended = wanted === undefined ? !isThere : isThere && read(file).includes(wanted);
    expect(isMended, `${file} is as wanted now. Take it out of the known shortcomings: ${reason}`).toBe(false);
  }
}
