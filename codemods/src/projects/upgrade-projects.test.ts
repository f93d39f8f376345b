import { describe, expect, test } from "vitest";
import { isProven } from "../verify/is-proven.js";
import { undoChanges } from "../write/undo-changes.js";
import { writeChanges } from "../write/write-changes.js";
import { upgradeProjects, type UpgradeProjectsOptions } from "./upgrade-projects.js";
import { createWorkspace, packageAt, tsc, tsconfig } from "./workspace.fixture.js";

const head = `import type { Request } from "express";\n`;
const shop = `${head}export const add = (req: Request) => { (req as any).session.cart = ["sku"]; };
export const items = (req: Request): string[] => (req.session as any).cart;
`;
const admin = `${head}export const set = (req: Request) => { (req as any).session.cart = 7; };
export const size = (req: Request): number => (req.session as any).cart;
`;

/** Upgrades, writes, and says what became of each project: places, rungs, and what its files say. */
function upgrade(directory: string, options: Partial<UpgradeProjectsOptions> = {}) {
  const result = upgradeProjects({ directory, ...options });
  if (result.projects.every(isProven)) writeChanges(result.files, directory);
  const relative = (path: string) => path.replace(`${directory}/`, "");
  return {
    files: result.files.map(({ path }) => relative(path)),
    proven: result.projects.every(isProven),
    projects: Object.fromEntries(result.projects.map((each) => [relative(each.tsconfig), each])),
    rungs: result.projects.flatMap(({ ledger }) =>
      ledger
        .filter(({ kind }) => kind !== "declaration")
        .map(({ file, line, rung }) => `${relative(file)}:${line} ${rung}`),
    ),
  };
}

describe("a workspace", () => {
  test("two applications that share node_modules, and not a session, get one each", () => {
    const workspace = createWorkspace({
      ...packageAt("apps/shop", { "a.ts": shop }),
      ...packageAt("apps/admin", { "b.ts": admin }),
      ...packageAt("packages/docs", { "c.ts": "export const pages = 3;\n" }),
    });
    const { files, proven, projects } = upgrade(workspace.folder);
    expect(proven).toBe(true);
    expect(files).toEqual([
      "apps/admin/src/b.ts",
      "apps/admin/src/session.ts",
      "apps/shop/src/a.ts",
      "apps/shop/src/session.ts",
    ]);
    expect(workspace.read("apps/shop/src/session.ts")).toContain("cart?: string[];");
    expect(workspace.read("apps/admin/src/session.ts")).toContain("cart?: number;");
    expect([tsc(workspace.folder, "apps/shop"), tsc(workspace.folder, "apps/admin")]).toEqual(["", ""]);
    expect(projects["packages/docs/tsconfig.json"]).toMatchObject({ places: 0, compiledFiles: 1 });
    undoChanges(workspace.folder);
    expect([workspace.read("apps/shop/src/a.ts"), workspace.read("apps/admin/src/b.ts")]).toEqual([shop, admin]);
  });

  test("its base tsconfig, which would compile everything, leaves the packages to theirs", () => {
    const base = tsconfig({});
    const child = JSON.stringify({ extends: "../../tsconfig.json", include: ["src"] });
    const workspace = createWorkspace({
      ...packageAt("apps/shop", { "a.ts": shop }),
      ...packageAt("apps/admin", { "b.ts": admin }),
      "tsconfig.json": base,
      "apps/shop/tsconfig.json": child,
      "apps/admin/tsconfig.json": child,
    });
    const { proven, projects } = upgrade(workspace.folder);
    expect(Object.keys(projects)).toEqual(["tsconfig.json", "apps/admin/tsconfig.json", "apps/shop/tsconfig.json"]);
    expect(projects["tsconfig.json"]).toMatchObject({ compiledFiles: 1, places: 0 });
    expect(proven).toBe(true);
    expect([tsc(workspace.folder, "apps/shop"), tsc(workspace.folder, "apps/admin")]).toEqual(["", ""]);
  });

  test("pnpm's list of packages counts, with what it takes out", () => {
    const workspace = createWorkspace({
      ...packageAt("apps/shop", { "a.ts": shop }),
      ...packageAt("apps/old", { "b.ts": admin }),
      "package.json": `{ "private": true }`,
      "pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  - '!apps/old'\n",
    });
    expect(Object.keys(upgrade(workspace.folder).projects)).toEqual(["apps/shop/tsconfig.json"]);
  });

  test("a library that both applications compile is changed once, and checked in all programs", () => {
    const library = `${head}export const greet = (req: Request): string => (req.session as any).name ?? "you";
export const visit = (req: Request) => { (req as any).session.visits = 1; };
`;
    const using = (own: string) => `import { greet } from "../../../packages/lib/src/lib";\n${own}export { greet };\n`;
    const workspace = createWorkspace({
      ...packageAt("apps/shop", {
        "a.ts": using(`${shop}export const who = (req: Request) => { (req.session as any).name = "ada"; };\n`),
      }),
      ...packageAt("apps/admin", { "b.ts": using(admin) }),
      ...packageAt("packages/lib", { "lib.ts": library }),
    });
    const { proven, projects, rungs } = upgrade(workspace.folder);
    expect(proven).toBe(true);
    expect(rungs.filter((each) => each.startsWith("packages"))).toEqual([
      "packages/lib/src/lib.ts:2 1",
      "packages/lib/src/lib.ts:3 1",
    ]);
    for (const project of ["apps/shop", "apps/admin", "packages/lib"]) expect(tsc(workspace.folder, project)).toBe("");
    expect(projects["packages/lib/tsconfig.json"]?.notes.join()).toContain(
      "packages/lib/src/lib.ts: compiled by apps/admin/tsconfig.json, apps/shop/tsconfig.json, too",
    );
  });

  test("what a library reads of a key that the applications disagree on breaks none of them", () => {
    const library = `${head}export const items = (req: Request): string[] => (req.session as any).cart;
`;
    const using = (own: string) => `export * from "../../../packages/lib/src/lib";
${own.replaceAll("items", "all")}`;
    const workspace = createWorkspace({
      ...packageAt("apps/shop", { "a.ts": using(shop) }),
      ...packageAt("apps/admin", { "b.ts": using(admin) }),
      ...packageAt("packages/lib", { "lib.ts": library }),
    });
    expect(upgrade(workspace.folder).proven).toBe(true);
    for (const project of ["apps/shop", "apps/admin", "packages/lib"]) expect(tsc(workspace.folder, project)).toBe("");
  });

  test("a file that no tsconfig is near to belongs to the first that compiles it, and is checked in all", () => {
    const using = (own: string) => `export * from "../../../shared/greet";
${own}`;
    const workspace = createWorkspace({
      ...packageAt("apps/shop", { "a.ts": using(shop) }),
      ...packageAt("apps/admin", { "b.ts": using(admin) }),
      "shared/greet.ts": `${head}export const name = (req: Request): string => { (req as any).session.name = "ada"; return (req.session as any).name; };
`,
    });
    const { proven, rungs, files } = upgrade(workspace.folder);
    expect(proven).toBe(true);
    expect(rungs.filter((each) => each.startsWith("shared"))).toEqual(["shared/greet.ts:2 1", "shared/greet.ts:2 1"]);
    expect(files.filter((each) => each.endsWith("session.ts"))).toEqual([
      "apps/admin/src/session.ts",
      "apps/shop/src/session.ts",
    ]);
    for (const project of ["apps/shop", "apps/admin"]) expect(tsc(workspace.folder, project)).toBe("");
  });

  test("no session in any package is no success", () => {
    const workspace = createWorkspace(packageAt("packages/docs", { "c.ts": "export const pages = 3;\n" }));
    expect(upgrade(workspace.folder)).toMatchObject({ files: [], rungs: [] });
  });
});

describe("several tsconfigs of one application", () => {
  const two = {
    "tsconfig.json": tsconfig({ include: ["src"] }),
    "tsconfig.build.json": tsconfig({ include: ["src"], exclude: ["src/**/*.test.ts"] }),
    "src/a.ts": shop,
    "src/a.test.ts": `import { items } from "./a";
export const test = () => items({ session: {} } as any);
`,
  };

  test("a file that both compile is changed once, and checked in both", () => {
    const application = createWorkspace(two);
    const { proven, files, rungs } = upgrade(application.folder, {
      tsconfigs: ["tsconfig.json", "tsconfig.build.json"],
    });
    expect(proven).toBe(true);
    expect(files).toEqual(["src/a.ts", "src/session.ts"]);
    expect(rungs).toHaveLength(2);
    for (const project of ["tsconfig.json", "tsconfig.build.json"]) expect(tsc(application.folder, project)).toBe("");
  });

  test("what would be an error in the stricter of them alone goes down a rung", () => {
    const application = createWorkspace({
      ...two,
      "tsconfig.json": JSON.stringify({
        ...JSON.parse(tsconfig()),
        compilerOptions: { ...JSON.parse(tsconfig()).compilerOptions, strictNullChecks: false },
      }),
    });
    const { proven } = upgrade(application.folder, { tsconfigs: ["tsconfig.json", "tsconfig.build.json"] });
    expect(proven).toBe(true);
    expect(application.read("src/a.ts")).toContain("req.session.cart!");
    for (const project of ["tsconfig.json", "tsconfig.build.json"]) expect(tsc(application.folder, project)).toBe("");
  });

  const appAndSpec = {
    "tsconfig.json": JSON.stringify({
      files: [],
      references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.spec.json" }],
    }),
    "tsconfig.app.json": tsconfig({ include: ["src"], exclude: ["src/**/*.test.ts"] }),
    "tsconfig.spec.json": tsconfig({ include: ["src/**/*.test.ts"] }),
    "src/a.ts": shop,
    "src/a.test.ts": `import { items } from "./a";\nimport type { Request } from "express";\nexport const test = (req: Request) => { (req.session as any).cart = ["b"]; items(req); };\n`,
  };

  test("a program that takes in only what its tests import sees the session file", () => {
    const application = createWorkspace(appAndSpec);
    const { proven, files, rungs, projects } = upgrade(application.folder);
    expect(proven).toBe(true);
    expect(files).toEqual(["src/a.test.ts", "src/a.ts", "src/session.ts"]);
    expect(rungs.map((each) => each.slice(-1))).not.toContain("4");
    expect(application.read("src/a.ts")).toContain(`import type {} from "./session";`);
    expect(projects["tsconfig.app.json"]?.notes.join()).toContain("tsconfig.spec.json takes in only what is imported");
    for (const project of ["tsconfig.app.json", "tsconfig.spec.json"])
      expect(tsc(application.folder, project)).toBe("");
  });

  test("a second run changes nothing, also where another tsconfig has the session file", () => {
    const application = createWorkspace({
      ...appAndSpec,
      "src/b.test.ts": `${head}export const odd = (req: Request) => { (req.session as any).odd = 1; };\n`,
    });
    const first = upgrade(application.folder);
    expect(first.files.filter((each) => !/\/[ab]\./.test(each))).toEqual(["src/session.ts"]);
    expect(application.read("src/session.ts")).toContain("cart?: string[];");
    expect(upgrade(application.folder)).toMatchObject({ files: [], proven: true });
  });

  test("a second run writes no second session file where nothing imports the first one yet", () => {
    const application = createWorkspace({
      "tsconfig.json": tsconfig({ files: ["src/main.ts"] }),
      "src/main.ts": `const set = (req: import("express").Request) => { (req.session as any).cart = 7; };\n`,
    });
    expect(upgrade(application.folder).files).toEqual(["src/session.ts"]);
    const again = upgrade(application.folder);
    expect(again).toMatchObject({ files: [], proven: true });
    expect(again.projects["tsconfig.json"]?.notes).toEqual([
      "src/session.ts is a session file that nothing compiles: import it.",
    ]);
  });

  test("references are followed from a solution, and from those that it refers to", () => {
    const application = createWorkspace({
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./server" }] }),
      "server/tsconfig.json": tsconfig({ include: ["src"], references: [{ path: "../core/tsconfig.lib.json" }] }),
      "server/src/a.ts": shop,
      "core/tsconfig.lib.json": tsconfig({ include: ["src"], references: [{ path: "../server" }] }),
      "core/src/b.ts": admin,
    });
    const { proven, projects, files } = upgrade(application.folder);
    expect(Object.keys(projects)).toEqual(["server/tsconfig.json", "core/tsconfig.lib.json"]);
    expect(proven).toBe(true);
    expect(files).toEqual(["core/src/b.ts", "core/src/session.ts", "server/src/a.ts", "server/src/session.ts"]);
  });

  test("a reference that leads nowhere is named", () => {
    const application = createWorkspace({
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./server" }] }),
    });
    expect(() => upgrade(application.folder)).toThrow(/tsconfig\.json refers to .+server.+, which is not there/);
  });
});
