import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createApplication } from "./application.fixture.js";
import { runBuiltCli, runCli } from "./run-cli.fixture.js";

const source = `import type { Request } from "./request.js";\nexport const a = (req: Request) => (req.session as any).cart;\n`;

describe("transform", () => {
  test("changes the files and prints the ledger", async () => {
    const application = createApplication({ "src/a.ts": source });
    const ending = await runBuiltCli(
      application.folder,
      "transform",
      "remove-session-casts",
      "remove-dead-augmentation",
    );
    expect(ending.errors).toBe("");
    expect(ending.output).toContain("src/a.ts:2  req.session as any  typed\n");
    expect(ending.output).toContain("1 place in 1 file: 1 typed, 0 with !, 0 with a cast of the value, 0 left\n");
    expect(ending.output).toContain("0 new compiler errors; emitted JavaScript identical in 2 of 2 files");
    expect(ending.exitCode).toBe(0);
    expect(application.read("src/a.ts")).toBe(source.replace("(req.session as any)", "req.session"));
  });

  test("--dry-run shows the diff and writes nothing", async () => {
    const application = createApplication({ "src/a.ts": source });
    const ending = await runCli("/", "transform", "remove-session-casts", "--dry-run", "--dir", application.folder);
    expect(ending.output).toContain("--- a/src/a.ts\n+++ b/src/a.ts\n");
    expect(ending.output).toContain("+export const a = (req: Request) => req.session.cart;");
    expect(ending.exitCode).toBe(0);
    expect(application.read("src/a.ts")).toBe(source);
  });

  test("--json prints the result for programs", async () => {
    const application = createApplication({ "src/a.ts": source });
    const ending = await runCli(application.folder, "transform", "remove-session-casts", "--json", "--dry-run");
    const { verified, written, projects } = JSON.parse(ending.output);
    expect({ verified, written }).toEqual({ verified: true, written: false });
    expect(projects).toMatchObject([
      {
        tsconfig: "tsconfig.json",
        newErrors: [],
        ledger: [{ file: "src/a.ts", line: 2, found: "req.session as any", rung: 1 }],
        files: [{ path: "src/a.ts", before: source }],
      },
    ]);
  });

  test("everything typed already is success", async () => {
    const application = createApplication({ "src/a.ts": source.replace("(req.session as any)", "req.session") });
    const ending = await runCli(application.folder, "transform", "remove-session-casts");
    expect(ending.output).toContain("0 places in 0 files");
    expect(ending.exitCode).toBe(0);
  });
});

const hasGit = spawnSync("git", ["--version"]).status === 0;

describe.skipIf(!hasGit)("in a git repository", () => {
  function git(cwd: string, ...args: string[]): void {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@test.example", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...identity, ...args], { cwd, stdio: "ignore" });
  }

  test("uncommitted changes are refused, but for --force and --dry-run", async () => {
    const application = createApplication({ "src/a.ts": source });
    git(application.folder, "init");
    git(application.folder, "add", ".");
    git(application.folder, "commit", "-m", "first");
    writeFileSync(application.path("src/request.ts"), `${application.read("src/request.ts")}\n`);

    const refused = await runCli(application.folder, "transform", "remove-session-casts");
    expect(refused.errors).toBe(
      "There are uncommitted changes: src/request.ts. Commit or stash them first, or say --force.\n",
    );
    expect(refused.exitCode).toBe(2);
    expect(application.read("src/a.ts")).toBe(source);
    expect((await runCli(application.folder, "transform", "remove-session-casts", "--dry-run")).exitCode).toBe(0);
    expect((await runCli(application.folder, "transform", "remove-session-casts", "--force")).exitCode).toBe(0);
    expect(application.read("src/a.ts")).not.toBe(source);
  });

  test("files that git ignores are compiled, and left alone", async () => {
    const application = createApplication({
      "src/a.ts": source,
      "src/generated/b.ts": source.replace("./request", "../request"),
      ".gitignore": "generated\n",
    });
    git(application.folder, "init");
    const { output } = await runCli(application.folder, "transform", "remove-session-casts", "--json");
    expect(JSON.parse(output)).toMatchObject({
      projects: [{ compiledFiles: 3, files: [{ path: "src/a.ts" }] }],
    });
  });
});

test("undo takes a run back", async () => {
  const application = createApplication({ "src/a.ts": source });
  await runCli(application.folder, "transform", "remove-session-casts");
  expect(application.read("src/a.ts")).not.toBe(source);
  expect(await runBuiltCli(application.folder, "undo")).toEqual({
    exitCode: 0,
    output: "1 file is as before.\n",
    errors: "",
  });
  expect(application.read("src/a.ts")).toBe(source);
  expect((await runCli(application.folder, "undo")).exitCode).toBe(2);
  await runCli(application.folder, "transform", "remove-session-casts");
  expect((await runCli("/", "undo", application.folder)).output).toBe("1 file is as before.\n");
});

describe("doctor", () => {
  test("says what is untyped, why, and what to do, and changes nothing", async () => {
    const application = createApplication({ "src/a.ts": source });
    const ending = await runBuiltCli(application.folder, "doctor");
    expect(ending.output).toContain("1 place touches a session, in 2 compiled files: 0 typed, 1 untyped");
    expect(ending.output).toContain("1x a cast or a comment hides the session's type\n  fix: ");
    expect(ending.output).toContain("  src/a.ts:2  (req.session as any)");
    expect(ending.exitCode).toBe(1);
    expect(application.read("src/a.ts")).toBe(source);
  });

  test("everything typed is success, no session at all is none", async () => {
    const typed = createApplication({ "src/a.ts": source.replace("(req.session as any)", "req.session") });
    expect(await runCli(typed.folder, "doctor")).toMatchObject({ exitCode: 0, errors: "" });
    const none = createApplication({ "src/a.ts": "export const a = 1;\n" });
    expect(await runCli(none.folder, "doctor")).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining("reads the session of a request"),
    });
  });

  test.each([[[]], [["--dir"]]])(
    "--json prints all of it, of a folder that is named with %j before it",
    async (before) => {
      const application = createApplication({ "src/a.ts": source });
      const { output } = await runCli("/", "doctor", "--json", ...before, application.folder);
      expect(JSON.parse(output)).toMatchObject({
        projects: [
          { tsconfig: "tsconfig.json", places: 1, findings: [{ code: "cast", places: [{ file: "src/a.ts" }] }] },
        ],
      });
    },
  );
});

describe("what it can't work with ends it, and says what to do", () => {
  test("as the exit code and the errors of its process", async () => {
    const { exitCode, output, errors } = await runBuiltCli(
      createApplication({ "src/a.ts": source }).folder,
      "transform",
      "remove-everything",
    );
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: "" });
    expect(errors).toMatch(/^No transform is called remove-everything\. .+\n$/);
  });

  test.each([
    [
      ["transform", "remove-everything"],
      2,
      "No transform is called remove-everything. There is: remove-session-casts,",
    ],
    [
      ["transform", "remove-session-casts", "--tsconfig", "nope.json"],
      2,
      /^No nope\.json in .+\. Name it with --tsconfig, or the folder with --dir\./,
    ],
    [["transform", "remove-session-casts", "--dir", "nowhere"], 2, /^No tsconfig\.json in .+nowhere\./],
    [["transform", "remove-session-casts", "--tsconfig", "broken.json"], 2, /broken\.json: .*expected/],
    [["transform", "remove-session-casts", "--tsconfig", "empty.json"], 2, /No inputs were found|compiles no file/],
    [["transform", "remove-session-casts", "--fast"], 2, "unknown option '--fast'"],
    [["transform"], 2, "missing required argument 'names'"],
    [
      ["transform", "remove-session-casts", "--tsconfig", "other.json"],
      1,
      /None of the 1 files that .+other\.json compiles/,
    ],
  ])("%j", async (args, exitCode, message) => {
    const application = createApplication({
      "src/a.ts": source,
      "other/b.ts": "export const b = 1;\n",
      "broken.json": `{ "include": [ }`,
      "empty.json": `{ "include": ["nothing"] }`,
      "other.json": `{ "compilerOptions": { "types": [] }, "include": ["other"] }`,
    });
    const ending = await runCli(application.folder, ...args);
    expect(ending.errors).toMatch(message);
    expect(ending.errors).not.toContain("    at ");
    expect(ending.exitCode).toBe(exitCode);
    expect(application.read("src/a.ts")).toBe(source);
  });
});

test("--help shows examples and the exit codes", async () => {
  const ending = await runBuiltCli("/", "transform", "--help");
  expect(ending.output).toContain("$ typed-session-codemod transform remove-session-casts --dry-run");
  expect(ending.output).toContain("Exit codes:");
  expect(ending.exitCode).toBe(0);
});

test("help, and what needs no compiler, does not wait for one", () => {
  const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
  const tellsModules = `import { createRequire } from "node:module";
const { cache } = createRequire(${JSON.stringify(cli)});
process.on("exit", () => console.error(Object.keys(cache).filter((file) => /typescript/.test(file)).length));`;
  const preload = ["--import", `data:text/javascript,${encodeURIComponent(tellsModules)}`];
  const run = (...args: string[]) => spawnSync(process.execPath, [...preload, cli, ...args], { encoding: "utf8" });
  expect(run("--help").stderr).toBe("0\n");
  const application = createApplication({ "src/a.ts": source });
  expect(run("doctor", "--dir", application.folder).stderr).toBe("1\n");
});
