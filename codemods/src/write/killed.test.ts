import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const preload = new URL("kill-process.fixture.mjs", import.meta.url).href;
const source = `import type { Request } from "./request.js";\nexport const a = (req: Request) => (req.session as any).cart;\n`;
const changed = source.replace("(req.session as any)", "req.session");
const names = ["src/a.ts", "src/b.ts", "src/c.ts"];

// The journal is begun, three files take their places, the journal is closed.
const renames = [1, 2, 3, 4, 5];

function createThree(): TestApplication {
  return createApplication(Object.fromEntries(names.map((name) => [name, source])));
}

/** Runs the command line in a process of its own, which ends itself where the variables say. */
function run({ folder }: TestApplication, args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, KILL_AT: "never", ...variables };
  return spawnSync(process.execPath, ["--import", preload, cli, ...args], { cwd: folder, env, encoding: "utf8" });
}

const transform = ["transform", "remove-session-casts"];
const nothingToUndo = "There is nothing to undo: no journal of an earlier run is there.\n";

function textsOf(application: TestApplication): string[] {
  expect(readdirSync(application.path("src"))).toEqual(["a.ts", "b.ts", "c.ts", "request.ts"]);
  return names.map((name) => application.read(name));
}

describe.skipIf(process.platform === "win32")("a run", () => {
  test.each(renames)("that is killed at rename %i is taken back to the byte", (killAt) => {
    const application = createThree();
    expect(run(application, transform, { KILL_AT: String(killAt) }).signal).toBe("SIGKILL");
    expect(run(application, ["undo"]).stderr).toBe(killAt === 1 ? nothingToUndo : "");
    expect(textsOf(application)).toEqual(names.map(() => source));
  });

  test.each(["SIGINT", "SIGTERM"])("that gets %s while it writes goes on to the end", (signal) => {
    for (const killAt of renames) {
      const application = createThree();
      expect(run(application, transform, { KILL_AT: String(killAt), KILL_WITH: signal }).stderr).toBe("");
      expect(textsOf(application)).toEqual(names.map(() => changed));
      expect(run(application, ["undo"]).stdout).toBe("3 files are as before.\n");
      expect(textsOf(application)).toEqual(names.map(() => source));
    }
  });

  test.each([
    ["SIGINT", "1"],
    ["SIGTERM", "20"],
    ["SIGKILL", "40"],
  ])("that gets %s while it reads file %s has changed nothing", (signal, killAt) => {
    const application = createThree();
    const variables = { KILL_AT: killAt, KILL_WITH: signal, KILL_ON: "readFileSync" };
    expect(run(application, transform, variables).signal).toBe(signal);
    expect(textsOf(application)).toEqual(names.map(() => source));
    expect(run(application, ["undo"]).stderr).toBe(nothingToUndo);
  });

  test.each([2, 3, 4])("whose disk fails at rename %i takes back what it wrote, and says so", (killAt) => {
    const application = createThree();
    const { stderr, status } = run(application, transform, { KILL_AT: String(killAt), KILL_WITH: "THROW" });
    expect(stderr).toBe("EIO: the disk fails. Nothing was written: every file is as it was.\n");
    expect(status).toBe(2);
    expect(textsOf(application)).toEqual(names.map(() => source));
    expect(run(application, ["undo"]).stderr).toBe(nothingToUndo);
  });
});

test("the count of renames is right: no process is killed at the next one", () => {
  expect(run(createThree(), transform, { KILL_AT: String(renames.length + 1) }).status).toBe(0);
});
