import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GroupIndex, type Membership } from "./group-index.js";

describe("a group index", () => {
  test("knows who joined and has not left, whatever joins and leaves", () => {
    const names = ["", "user", "__proto__"];
    const step = fc.record({ name: fc.constantFrom(...names), key: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const index = new GroupIndex();
        const memberships = new Map<string, Membership>();
        const model = new Map(names.map((name) => [name, new Set<string>()]));
        for (const { name, key } of steps) {
          const place = JSON.stringify([name, key]);
          const membership = memberships.get(place);
          if (membership === undefined) {
            memberships.set(place, index.join(name, key));
            model.get(name)?.add(key);
          } else {
            index.leave(membership);
            memberships.delete(place);
            model.get(name)?.delete(key);
          }
          for (const each of names) expect(index.keysOf(each)).toEqual([...(model.get(each) ?? [])]);
        }
      }),
    );
  });

  test("keeps nothing of a group that all have left", () => {
    const index = new GroupIndex();
    const [first, second] = [index.join("user", "a"), index.join("user", "b")];
    index.leave(first);
    expect(index.join("user", "a").group).toBe(second.group);
    index.leave(second);
    expect(index.keysOf("user")).toEqual(["a"]);
    const other = index.join("another", "a");
    index.leave(other);
    expect(index.join("another", "a").group).not.toBe(other.group);
  });
});
