import { describe, expect, test } from "vitest";
import { createWorkspace, packageAt, tsconfig } from "./projects/workspace.fixture.js";
import { runBuiltCli, runCli } from "./run-cli.fixture.js";

const head = `import type { Request } from "express";\n`;
const shop = `${head}export const add = (req: Request) => { (req as any).session.cart = ["sku"]; };\n`;
const admin = `${head}export const set = (req: Request) => { (req.session as any).cart = 7; };\n`;
const docs = "export const pages = 3;\n";

function workspace(
  sources: Readonly<Record<string, string>> = { "apps/shop": shop, "apps/admin": admin, "packages/docs": docs },
) {
  const packages = Object.entries(sources).map(([folder, text]) => packageAt(folder, { "a.ts": text }));
  return createWorkspace(Object.assign({}, ...packages));
}

describe("in the root of a workspace", () => {
  test("upgrade reports each project in a section of its own, and undo takes the whole run back", async () => {
    const application = workspace();
    const { exitCode, output, errors } = await runBuiltCli(application.folder, "upgrade");
    expect(errors).toBe("");
    expect(exitCode).toBe(0);
    const [adminPart, shopPart, docsPart] = output.split(/^(?=\S+tsconfig\.json$)/m);
    expect(adminPart).toMatch(/^apps\/admin\/tsconfig\.json\nSession library: express-session\n/);
    expect(adminPart).toContain("cart: number");
    expect(shopPart).toMatch(/^apps\/shop\/tsconfig\.json\n/);
    expect(shopPart).toContain("cart: string[]");
    expect(docsPart).toContain("packages/docs/tsconfig.json\nNo session in the 1 file that it compiles.\n");
    expect(output).toMatch(/\n\nWritten\. To take it back: typed-session-codemod undo\.\n$/);
    expect((await runCli(application.folder, "undo")).output).toBe("4 files are as before.\n");
    expect([application.read("apps/shop/src/a.ts"), application.read("apps/admin/src/a.ts")]).toEqual([shop, admin]);
  });

  test("--json has one entry for each project, those without a session included", async () => {
    const { output } = await runCli(workspace().folder, "upgrade", "--json", "--dry-run");
    expect(JSON.parse(output)).toMatchObject({
      verified: true,
      written: false,
      projects: [
        { tsconfig: "apps/admin/tsconfig.json", sessionFile: "apps/admin/src/session.ts" },
        { tsconfig: "apps/shop/tsconfig.json", sessionFile: "apps/shop/src/session.ts" },
        { tsconfig: "packages/docs/tsconfig.json", places: 0, files: [] },
      ],
    });
  });

  test("--tsconfig, given several times, names the only projects", async () => {
    const application = workspace();
    const flags = ["apps/shop", "packages/docs"].flatMap((folder) => ["--tsconfig", `${folder}/tsconfig.json`]);
    const { exitCode } = await runCli(application.folder, "upgrade", ...flags);
    expect(exitCode).toBe(0);
    expect(application.read("apps/shop/src/a.ts")).not.toBe(shop);
    expect(application.read("apps/admin/src/a.ts")).toBe(admin);
  });

  test("no session in any of them is no success", async () => {
    const { exitCode, errors } = await runCli(workspace({ "apps/shop": docs, "apps/admin": docs }).folder, "upgrade");
    expect(errors).toBe(
      "None of the 2 files that apps/admin/tsconfig.json and apps/shop/tsconfig.json compile reads the session of a request. " +
        "If the application has sessions, name the tsconfig that compiles those files with --tsconfig.\n",
    );
    expect(exitCode).toBe(1);
  });

  test("nothing is written where one program can't be verified: here, it compiles two sessions that disagree", async () => {
    const application = createWorkspace({
      ...packageAt("apps/shop", { "a.ts": shop }),
      ...packageAt("apps/admin", { "a.ts": admin }),
      "tsconfig.all.json": tsconfig({ include: ["apps"] }),
    });
    const names = ["apps/shop/tsconfig.json", "apps/admin/tsconfig.json", "tsconfig.all.json"];
    const { exitCode, output, errors } = await runCli(
      application.folder,
      "upgrade",
      ...names.flatMap((name) => ["--tsconfig", name]),
    );
    expect(errors).toBe("The result could not be verified. Nothing was written.\n");
    expect(output).toContain("Two sessions in one program: 'cart' has another type in");
    expect(exitCode).toBe(1);
    expect([application.read("apps/shop/src/a.ts"), application.read("apps/admin/src/a.ts")]).toEqual([shop, admin]);
    expect(() => application.read("apps/shop/src/session.ts")).toThrow("ENOENT");
  });

  test.each([
    [["infer"], "apps/shop/tsconfig.json\n"],
    [["doctor"], "apps/shop/tsconfig.json\nSession library: "],
    [["transform", "remove-session-casts", "--dry-run"], "packages/docs/tsconfig.json\nNo session in"],
  ])("%j answers for each project", async (args, expected) => {
    expect((await runCli(workspace().folder, ...args)).output).toContain(expected);
  });

  test("a broken pnpm-workspace.yaml is named", async () => {
    const application = createWorkspace({ "pnpm-workspace.yaml": "packages: [\n" });
    const { exitCode, errors } = await runCli(application.folder, "upgrade");
    expect(errors).toMatch(/pnpm-workspace\.yaml can't be read: /);
    expect(errors).not.toContain("    at ");
    expect(exitCode).toBe(2);
  });

  test("a workspace without any program says so", async () => {
    const application = createWorkspace({ "tsconfig.json": tsconfig({ files: [] }) });
    const { exitCode, errors } = await runCli(application.folder, "upgrade");
    expect(errors).toBe(`${application.path("tsconfig.json")} compiles no file.\n`);
    expect(exitCode).toBe(2);
  });
});
