import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createApplication } from "../application.fixture.js";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const preload = new URL("kill-at-rename.fixture.mjs", import.meta.url).href;
const source = `import type { Request } from "./request.js";\nexport const a = (req: Request) => (req.session as any).cart;\n`;
const names = ["src/a.ts", "src/b.ts", "src/c.ts"];

// The journal is begun, three files take their places, the journal is closed.
const renames = 5;

test.skipIf(process.platform === "win32").each(Array.from({ length: renames }, (_, index) => index + 1))(
  "a run that is killed at rename %i is taken back to the byte",
  (killAt) => {
    const application = createApplication(Object.fromEntries(names.map((name) => [name, source])));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ["--import", preload, cli, ...args], {
        cwd: application.folder,
        env: { ...process.env, KILL_AT: args[0] === "transform" ? String(killAt) : "never" },
        encoding: "utf8",
      });

    expect(run("transform", "remove-session-casts").signal).toBe("SIGKILL");
    const undo = run("undo");

    expect(undo.stderr).toBe(killAt === 1 ? "There is nothing to undo: no journal of an earlier run is there.\n" : "");
    expect(names.map((name) => application.read(name))).toEqual(names.map(() => source));
    expect(readdirSync(application.path("src"))).toEqual(["a.ts", "b.ts", "c.ts", "request.ts"]);
  },
);

test("the count of renames is right: no process is killed at the next one", () => {
  const application = createApplication(Object.fromEntries(names.map((name) => [name, source])));
  const { status } = spawnSync(process.execPath, ["--import", preload, cli, "transform", "remove-session-casts"], {
    cwd: application.folder,
    env: { ...process.env, KILL_AT: String(renames + 1) },
  });
  expect(status).toBe(0);
});
