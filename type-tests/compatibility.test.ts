import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { findBreaks } from "./compatibility.js";
import { compile } from "./compile.js";
import { rollUp, type Api } from "./roll-up.js";
import { sortErrors } from "./their-errors.js";

const previous = new URL("previous/", import.meta.url);

/** The types of the last release. */
const released: Api = new Map(
  readdirSync(new URL("types", previous)).map((name) => [
    name,
    readFileSync(new URL(`types/${name}`, previous), "utf8"),
  ]),
);

test("what the last release exported is exported, and can be used as it was", async () => {
  const found = findBreaks(released, await rollUp());
  expect(found.filter((each) => !accepted.some(([reported]) => reported.test(each)))).toEqual([]);
  expect(accepted.filter(([reported]) => !found.some((each) => reported.test(each)))).toEqual([]);
});

/** Breaks that are none, or that were decided on, each with the reason. Emptied at a release. */
const accepted: readonly (readonly [reported: RegExp, reason: string])[] = [];

/** The programs that were the last release's tests, where they are others now. The same ones are tested beside. */
const programs = readdirSync(new URL("programs", previous), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("tsconfig.json") && name.includes("/"))
  .map((name) => name.replace("/tsconfig.json", ""))
  .filter(
    (program) => textsOf(`programs/${program}/`, previous) !== textsOf(`${program}/`, new URL(".", import.meta.url)),
  );

function textsOf(folder: string, base: URL): string {
  const url = new URL(folder, base);
  return readdirSync(url)
    .map((name) => `${name}\n${readFileSync(new URL(name, url), "utf8")}`)
    .join("\n");
}

test.skipIf(programs.length === 0)("the programs of the last release compile", () => {
  const errors = programs.flatMap(
    (program) => compile(`${program}/tsconfig.json`, { as: "released", check: "ours" }) ?? [],
  );
  expect(sortErrors("6.0", errors).ours).toEqual([]);
});

type Change = readonly [file: string, before: string | RegExp, after: string];

const breaks: Readonly<Record<string, readonly [reported: RegExp, change: Change]>> = {
  "an export is renamed": [
    /^index: fromUnstorage: /,
    ["index.d.ts", "  fromUnstorage,", "  fromUnstorage as fromStorage,"],
  ],
  "an entry is gone": [/^passport: /, ["passport.d.ts", /[^]*/, ""]],
  "a type parameter has no default": [
    /^index: Request: .*requires 4 type argument/,
    [
      "shared.d.ts",
      /(class Request<[^>]*State) extends object = Record<string, any>,\s*TSession = DefaultSession/,
      "$1 extends object, TSession",
    ],
  ],
  "a type parameter has another default": [
    /^index: Connection: /,
    ["shared.d.ts", /(class Connection<\s*)User = unknown/, "$1User = string"],
  ],
  "a type parameter has a narrower constraint": [
    /^index: WebSocket: .*does not satisfy the constraint/,
    ["shared.d.ts", /(class WebSocket<[^]*?)State extends object/, "$1State extends Record<string, string>"],
  ],
  "a type parameter is gone": [
    /^fetch: requireSession: /,
    [
      "fetch.d.ts",
      /(function requireSession<TSchema extends StandardSchemaV1), TRest extends unknown\[\] = \[\]/,
      "$1",
    ],
  ],
  "an option is required": [
    /^index: FileStoreOptions: /,
    ["shared.d.ts", "readonly fsync?: boolean", "readonly fsync: boolean"],
  ],
  "an option takes less": [
    /^index: RedisStoreOptions: /,
    ["shared.d.ts", /(interface RedisStoreOptions[^]*?readonly prefix\?: )string/, '$1"sessions"'],
  ],
  "a parameter takes less": [
    /^index: withNamespace: /,
    ["shared.d.ts", "withNamespace(store: Store, prefix: string)", 'withNamespace(store: Store, prefix: "a")'],
  ],
  "a method's parameter takes less": [
    /^index: ServerSideSessionBackend: /,
    ["shared.d.ts", "logOutEverywhere(userId: string | number", "logOutEverywhere(userId: string"],
  ],
  "a constructor takes more": [
    /^index: SessionLateError: Expected 1 arguments/,
    ["shared.d.ts", /(class SessionLateError[^]*?constructor\()\)/, "$1path: string)"],
  ],
  "a result has less": [
    /^index: SessionConnection: /,
    ["shared.d.ts", /(interface SessionControls \{[^]*?getSessionId\(\): string \| null)/, "$1 | undefined"],
  ],
  "what stores take has one more member": [
    /^index: Store: /,
    ["shared.d.ts", /interface Store \{/, "interface Store { readonly name: string;"],
  ],
};

/** What a minor release may do. */
const additions: readonly Change[] = [
  ["shared.d.ts", "readonly fsync?: boolean", "readonly fsync?: boolean; readonly mode?: number"],
  ["shared.d.ts", /(class Request<[^]*?TSession = DefaultSession)/, "$1, More = unknown"],
  [
    "shared.d.ts",
    "withNamespace(store: Store, prefix: string)",
    "withNamespace(store: Store, prefix: string, separator?: string)",
  ],
  ["passport.d.ts", "export {", "declare function forOthers(): void; export { forOthers,"],
];

function change(api: Api, changes: readonly Change[]): Api {
  const changed = new Map(api);
  for (const [file, before, after] of changes) {
    const text = changed.get(file) ?? "";
    const result = text.replace(before, after);
    expect(result, `${file}: ${String(before)}`).not.toBe(text);
    changed.set(file, result);
  }
  return changed;
}

describe("a break is seen", () => {
  let found: string[] = [];

  // All of them at once: a comparison takes seconds.
  beforeAll(() => {
    found = findBreaks(
      released,
      change(
        released,
        Object.values(breaks).map(([, each]) => each),
      ),
    );
  });

  test.each(Object.entries(breaks))("%s", (_name, [reported]) => {
    expect(
      found.filter((each) => reported.test(each)),
      found.join("\n"),
    ).not.toEqual([]);
  });
});

test("an addition is no break", () => {
  expect(findBreaks(released, change(released, additions))).toEqual([]);
});
