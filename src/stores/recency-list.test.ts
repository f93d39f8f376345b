import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Links } from "./linked-list.js";
import { RecencyList } from "./recency-list.js";

interface Item extends Links<Item> {
  readonly name: number;
}

const names = 8;
const createItems = (): Item[] =>
  Array.from({ length: names }, (_, name) => ({ name, previous: undefined, next: undefined }));

const steps = fc.array(
  fc.oneof(
    fc.record({ does: fc.constantFrom("use" as const, "remove" as const), name: fc.nat(names - 1) }),
    fc.record({ does: fc.constant("advance" as const) }),
  ),
  { maxLength: 80, size: "max" },
);

type Step = { readonly does: "use" | "remove"; readonly name: number } | { readonly does: "advance" };

/** An array in the order of use, and the place in it that the round has come to. */
class Model {
  order: number[] = [];
  #place = 0;

  remove(name: number): void {
    const index = this.order.indexOf(name);
    if (index === -1) return;
    this.order.splice(index, 1);
    if (index < this.#place) this.#place -= 1;
  }

  use(name: number): void {
    this.remove(name);
    // Whoever has seen the last one begins anew, before or behind those that are new.
    if (this.#place === this.order.length) this.#place = 0;
    this.order.push(name);
  }

  advance(): number | undefined {
    if (this.#place >= this.order.length) this.#place = 0;
    const name = this.order[this.#place];
    if (name !== undefined) this.#place += 1;
    return name;
  }
}

function apply(list: RecencyList<Item>, items: readonly Item[], model: Model, step: Step): void {
  if (step.does === "advance") {
    expect(list.advance()?.name).toBe(model.advance());
    return;
  }
  const item = items[step.name];
  if (item === undefined) throw new Error("Not an item");
  if (model.order.includes(step.name)) list.remove(item);
  model.remove(step.name);
  if (step.does === "remove") return;
  list.add(item);
  model.use(step.name);
}

describe("a recency list", () => {
  test("knows the oldest, and goes round all items, whatever is used or removed under its cursor", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const list = new RecencyList<Item>();
        const items = createItems();
        const model = new Model();
        for (const step of taken) {
          apply(list, items, model, step);
          expect(list.oldest?.name).toBe(model.order[0]);
        }
      }),
    );
  });

  test("a round sees every item that stays where it is, and each once", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const list = new RecencyList<Item>();
        const items = createItems();
        const model = new Model();
        for (const step of taken) apply(list, items, model, step);
        const round = model.order.map(() => list.advance()?.name);
        expect(round.toSorted()).toEqual(model.order.toSorted());
      }),
    );
  });

  test("nothing is seen in an empty list", () => {
    expect(new RecencyList<Item>().advance()).toBeUndefined();
  });
});
