import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { append, unlink, type LinkedList, type Links } from "./linked-list.js";

interface Item extends Links<Item> {
  readonly name: number;
}

const createItem = (name: number): Item => ({ name, previous: undefined, next: undefined });
const createList = (): LinkedList<Item> => ({ first: undefined, last: undefined });

function namesFrom(end: Item | undefined, direction: "previous" | "next"): number[] {
  const names: number[] = [];
  for (let item = end; item !== undefined; item = item[direction]) names.push(item.name);
  return names;
}

/** An item that counts how often its neighbours are asked for or changed. */
function countedItem(name: number, count: () => void): Item {
  const links: Links<Item> = { previous: undefined, next: undefined };
  return new Proxy(createItem(name), {
    get(item, property) {
      if (property !== "previous" && property !== "next") return item.name;
      count();
      return links[property];
    },
    set(_item, property, value) {
      count();
      return Reflect.set(links, property, value);
    },
  });
}

describe("a linked list", () => {
  test("holds what an array would, in both directions, whatever is appended and unlinked", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 60, size: "max" }), (steps) => {
        const list = createList();
        const items = Array.from({ length: 10 }, (_, name) => createItem(name));
        let model: number[] = [];
        for (const name of steps) {
          const item = items[name] ?? createItem(name);
          const isIn = model.includes(name);
          if (isIn) unlink(list, item);
          else append(list, item);
          model = isIn ? model.filter((each) => each !== name) : [...model, name];
          expect(namesFrom(list.first, "next")).toEqual(model);
          expect(namesFrom(list.last, "previous")).toEqual(model.toReversed());
        }
      }),
    );
  });

  test("an unlinked item leads to no other", () => {
    const list = createList();
    const items = [0, 1, 2].map(createItem);
    for (const item of items) append(list, item);
    const [first, middle, last] = items;
    for (const item of [middle, first, last]) {
      if (item === undefined) throw new Error("Not an item");
      unlink(list, item);
      expect(item).toEqual(createItem(item.name));
    }
  });

  test("appending and unlinking look at as many items in a long list as in a short one", () => {
    const looksOf = (length: number): number => {
      let looks = 0;
      const list = createList();
      const items = Array.from({ length }, (_, name) => countedItem(name, () => (looks += 1)));
      for (const item of items) append(list, item);
      const middle = items[length >> 1] ?? countedItem(0, () => {});
      looks = 0;
      unlink(list, middle);
      append(list, middle);
      return looks;
    };
    expect(looksOf(3)).toBeGreaterThan(0);
    expect(looksOf(10_000)).toBe(looksOf(3));
  });
});
