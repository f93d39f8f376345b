import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "./application.fixture.js";
import { runBuiltCli, runCli } from "./run-cli.fixture.js";
import { expressSession, oldExpressSession } from "./session-libraries.fixture.js";

const options = {
  module: "commonjs",
  moduleResolution: "node10",
  ignoreDeprecations: "6.0",
  types: ["express-session"],
};
const source = `import type { Request } from "express";
export const login = (req: Request) => { (req as any).session.userId = "ada"; };
export const who = (req: Request): string => (req.session as any).userId;
`;

function shop(text = source): TestApplication {
  return createApplication({ ...expressSession, "src/a.ts": text }, options);
}

describe("upgrade", () => {
  test("writes the session file and the changes, and says what it found and proved", async () => {
    const application = shop();
    const { exitCode, output, errors } = await runBuiltCli(application.folder, "upgrade");
    expect(errors).toBe("");
    expect(output).toContain("1 key in src/session.ts (types alone):\n  userId: string\n");
    expect(output).toContain('written src/a.ts:2  (req as any).session.userId = "ada"');
    expect(output).toContain("src/a.ts:3  (req.session as any)  typed, with ! on the value  (TS2322");
    expect(output).toContain("2 untyped before. Now: 1 typed, 1 with !, 0 with a cast of the value, 0 left");
    expect(output).toContain("0 new compiler errors; the emitted JavaScript is the same");
    expect(output).toContain("Written. To take it back: typed-session-codemod undo.");
    expect(exitCode).toBe(0);
    expect(application.read("src/session.ts")).toContain("userId?: string;");
    expect(application.read("src/a.ts")).toContain("req.session.userId!");
  });

  test("undo takes it back, the new file too", async () => {
    const application = shop();
    await runCli(application.folder, "upgrade");
    expect((await runCli(application.folder, "undo")).output).toBe("2 files are as before.\n");
    expect(application.read("src/a.ts")).toBe(source);
    expect(() => application.read("src/session.ts")).toThrow("ENOENT");
  });

  test("--dry-run shows the diff, of the new file too, and writes nothing", async () => {
    const application = shop();
    const { exitCode, output } = await runCli("/", "upgrade", application.folder, "--dry-run");
    expect(output).toContain("--- /dev/null\n");
    expect(output).toContain("+  userId?: string;");
    expect(output).toContain("Nothing was written.");
    expect(exitCode).toBe(0);
    expect(application.read("src/a.ts")).toBe(source);
    expect(() => application.read("src/session.ts")).toThrow("ENOENT");
  });

  test("a second run finds everything typed, and that is success", async () => {
    const application = shop();
    await runCli(application.folder, "upgrade");
    const { exitCode, output } = await runCli(application.folder, "upgrade");
    expect(output).toContain("Everything is typed already: nothing to do.");
    expect(exitCode).toBe(0);
  });

  test("a key that another library keeps in the session is not said to be declared", async () => {
    const text = `import type { Request } from "express";\nexport const a = (req: Request) => req.session!.passport;\n`;
    const { folder } = createApplication({ ...oldExpressSession, "src/a.ts": text }, options);
    const { output } = await runCli(folder, "upgrade", "--dry-run");
    expect(output).toContain("No session file is written: there is no key for it to declare.");
  });

  test("without a session library, it is not said that the keys are declared", async () => {
    const own = `interface Session { [key: string]: any }
declare const req: { session: Session };
req.session.action = "login";
`;
    const { output } = await runCli(createApplication({ "src/a.ts": own }).folder, "upgrade", "--dry-run");
    expect(output).toContain("No session file is written: it is not known where");
    expect(output).toContain("1 place that touches a session, 1 untyped before.");
  });

  test("--max-rung keeps to the rungs that are allowed, and names what is left", async () => {
    const { exitCode, output } = await runCli(shop().folder, "upgrade", "--max-rung", "1");
    expect(output).toContain("1 typed, 0 with !, 0 with a cast of the value, 1 left");
    expect(output).toContain("Written. 1 place left as it was, with the reason above.");
    expect(exitCode).toBe(0);
  });

  test("--exclude keeps files as they are", async () => {
    const application = shop();
    await runCli(application.folder, "upgrade", "--exclude", "src/a.ts");
    expect(application.read("src/a.ts")).toBe(source);
  });

  test("--json prints the result for programs, with paths relative to the folder that it was given", async () => {
    const application = shop();
    const { output } = await runCli("/", "upgrade", application.folder, "--json", "--dry-run");
    const { verified, written, projects } = JSON.parse(output);
    expect({ verified, written }).toEqual({ verified: true, written: false });
    expect(projects).toMatchObject([
      {
        tsconfig: "tsconfig.json",
        host: "express-session",
        untypedBefore: 2,
        sessionFile: "src/session.ts",
        newErrors: [],
        keys: [{ key: "userId", type: "string", evidence: [{ file: "src/a.ts", line: 2 }, { file: "src/a.ts" }] }],
        files: [{ path: "src/session.ts" }, { path: "src/a.ts", before: source }],
      },
    ]);
    expect(output).not.toContain(application.folder);
  });

  test("--json prints the same text for the same application in another folder", async () => {
    const one = await runCli(shop().folder, "upgrade", "--json");
    const other = await runBuiltCli(shop().folder, "upgrade", "--json");
    expect(other).toEqual(one);
    expect(Object.keys(JSON.parse(one.output).projects[0])).toEqual([
      "compiler",
      "tsconfig",
      "host",
      "compiledFiles",
      "places",
      "untypedBefore",
      "sessionFile",
      "schema",
      "keys",
      "files",
      "ledger",
      "newErrors",
      "emitFaults",
      "emitChangedByDesign",
      "declarationChanges",
      "notes",
    ]);
  });

  test("refuses to touch uncommitted changes, unless it is forced to", async () => {
    const application = shop();
    const git = (...args: string[]) => execFileSync("git", args, { cwd: application.folder, stdio: "ignore" });
    git("init");
    git("add", "src");
    const refused = await runCli(application.folder, "upgrade");
    expect(refused.errors).toContain("There are uncommitted changes: src/a.ts");
    expect(refused.exitCode).toBe(2);
    expect(application.read("src/a.ts")).toBe(source);
    expect((await runCli(application.folder, "upgrade", "--force")).exitCode).toBe(0);
  });

  test("no session in the compiled files is no success", async () => {
    const { exitCode, output, errors } = await runCli(shop("export const a = 1;\n").folder, "upgrade");
    expect(output).toContain("No session file is needed: no session is used.");
    expect(errors).toMatch(/None of the 2 files that .*tsconfig\.json compiles reads the session of a request\./);
    expect(exitCode).toBe(1);
  });

  test.each([
    [
      ["--schema", "yup"],
      /'--schema <kind>' argument 'yup' is invalid. Allowed choices are zod, valibot, arktype, types/,
    ],
    [["--host", "lusca"], /'--host <package>' argument 'lusca' is invalid. Allowed choices are express-session/],
    [["--max-rung", "5"], /'--max-rung <rung>' argument '5' is invalid. Allowed choices are 1, 2, 3/],
    [["--schema", "zod"], /--schema zod: it is not installed. npm install zod/],
    [
      ["--tsconfig", "tsconfig.none.json"],
      /No tsconfig.none.json in .+\. Name it with --tsconfig, or the folder as an argument\./,
    ],
  ])("bad input %j is named", async (args, message) => {
    const { exitCode, errors } = await runCli(shop().folder, "upgrade", ...args);
    expect(errors).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

describe("upgrade --mark", () => {
  // On rung 1 alone, what may be missing is left as it was.
  const args = ["upgrade", "--mark", "--max-rung", "1"];

  test("comments each place that stays as it was, and nothing else", async () => {
    const application = shop();
    const { exitCode, errors } = await runCli(application.folder, ...args);
    expect([exitCode, errors]).toEqual([0, ""]);
    expect(application.read("src/a.ts").split("\n").slice(1, 4)).toEqual([
      `export const login = (req: Request) => { req.session.userId = "ada"; };`,
      "// TODO(typed-session): TS2322: Type 'string | undefined' is not assignable to type 'string'.",
      "export const who = (req: Request): string => (req.session as any).userId;",
    ]);
  });

  test("changes nothing in a second run, with other line ends and tabs neither", async () => {
    const application = shop(source.replaceAll("\n", "\r\n").replace("export const who", "\texport const who"));
    await runCli(application.folder, ...args);
    const once = application.read("src/a.ts");
    expect(once).toContain("\r\n\t// TODO(typed-session): TS2322: Type");
    expect(once.replaceAll("\r\n", "")).not.toContain("\n");
    expect((await runCli(application.folder, ...args)).output).toContain("Nothing to change. 1 place left as it was");
    expect(application.read("src/a.ts")).toBe(once);
  });

  test("marks the place where the lines around it went, and undo takes it back", async () => {
    const text = `${source.split("\n")[0]}
export function who(req: Request): string {
  // @ts-ignore
  req.session.userId = "ada"; const id: string = (req.session as any).other; (req.session as any).other = "x";
  return id;
}
`;
    const application = shop(text);
    await runCli(application.folder, ...args);
    const once = application.read("src/a.ts");
    expect(once.match(/TODO\(typed-session\)/g)).toHaveLength(1);
    expect(once).toMatch(/\/\/ TODO\(typed-session\): .+\n  .*const id: string = \(req\.session as any\)\.other;/);
    await runCli(application.folder, ...args);
    expect(application.read("src/a.ts")).toBe(once);
  });
});

describe("infer", () => {
  test("prints the session file and the evidence, and writes nothing", async () => {
    const application = shop();
    const { exitCode, output } = await runBuiltCli(application.folder, "infer");
    expect(output).toContain("export interface AppSession {\n  userId?: string;\n}");
    expect(output).toContain('  userId: string\n    written src/a.ts:2  (req as any).session.userId = "ada"\n');
    expect(exitCode).toBe(0);
    expect(() => application.read("src/session.ts")).toThrow("ENOENT");
  });

  test("--json gives the keys with their evidence", async () => {
    const application = shop();
    const { output } = await runCli(application.folder, "infer", "--json");
    const { projects } = JSON.parse(output);
    expect(projects).toMatchObject([{ tsconfig: "tsconfig.json", sessionFile: "src/session.ts", schema: "types" }]);
    expect(projects[0].keys).toMatchObject([{ key: "userId", type: "string" }]);
    expect(projects[0].keys[0].evidence[0]).toMatchObject({ strength: "written", file: "src/a.ts", line: 2 });
  });
});
