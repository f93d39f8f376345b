import { expect, test } from "vitest";
import { closedGate, settled } from "./gate.fixture.js";
import { createTurns, turnsOf } from "./serialize-by-key.js";

/** Steps that end when the test says so, and note what they do. */
function open() {
  const turns = createTurns();
  const notes: string[] = [];
  const step = (name: string) => {
    const { passed, open: end, fail } = closedGate();
    const run = async () => {
      notes.push(`${name} begins`);
      await passed.finally(() => notes.push(`${name} ends`));
      return name;
    };
    return { run, end, fail };
  };
  return { turns, notes, step };
}

test("a step that has a key alone begins when the one before has ended", async () => {
  const { turns, notes, step } = open();
  const [first, second] = [step("first"), step("second")];
  const results = [turns.alone("key", first.run), turns.alone("key", second.run)];
  second.end();
  await settled();
  expect(notes).toEqual(["first begins"]);
  first.end();
  expect(await Promise.all(results)).toEqual(["first", "second"]);
  expect(notes).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

test("steps that share a key run side by side, and one that has it alone waits for all of them, as they for it", async () => {
  const { turns, notes, step } = open();
  const [first, second, alone, third] = [step("first"), step("second"), step("alone"), step("third")];
  const results = [
    turns.share("key", first.run),
    turns.share("key", second.run),
    turns.alone("key", alone.run),
    turns.share("key", third.run),
  ];
  await settled();
  expect(notes).toEqual(["first begins", "second begins"]);
  first.end();
  await settled();
  expect(notes).not.toContain("alone begins");
  second.end();
  await settled();
  expect(notes.at(-1)).toBe("alone begins");
  alone.end();
  third.end();
  await Promise.all(results);
  expect(notes.slice(4)).toEqual(["alone begins", "alone ends", "third begins", "third ends"]);
});

test("keys don't wait for each other", async () => {
  const { turns, step } = open();
  const slow = step("slow");
  const result = turns.alone("a", slow.run);
  expect(await turns.alone("b", () => Promise.resolve("quick"))).toBe("quick");
  slow.end();
  await result;
});

test("a step that fails fails alone: those behind it run", async () => {
  const { turns, step } = open();
  const failing = step("failing");
  const failed = expect(turns.alone("key", failing.run)).rejects.toThrow("broken");
  const next = [turns.share("key", () => Promise.resolve(1)), turns.alone("key", () => Promise.resolve(2))];
  failing.fail(new Error("broken"));
  await failed;
  expect(await Promise.all(next)).toEqual([1, 2]);
});

test("nothing is remembered of keys whose steps have ended", async () => {
  const { turns, step } = open();
  const slow = step("slow");
  const results = [turns.alone("slow", slow.run), turns.share("quick", () => Promise.resolve("quick"))];
  await settled();
  expect(turns.size).toBe(1);
  slow.end();
  await Promise.all(results);
  await settled();
  expect(turns.size).toBe(0);
});

test("everyone who uses the same object shares its turns, and nobody else", () => {
  const [store, other] = [{}, {}];
  expect(turnsOf(store)).toBe(turnsOf(store));
  expect(turnsOf(store)).not.toBe(turnsOf(other));
});
