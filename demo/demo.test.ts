import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = join(root, "demo", "run.mjs");
const timeout = 120_000;

interface Ending {
  readonly exitCode: number | string | null | undefined;
  readonly output: string;
  readonly errors: string;
}

function runDemo(...args: string[]): Promise<Ending> {
  const env = { ...process.env, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(process.execPath, [run, ...args], { cwd: root, env }, (error, output, errors) => {
      resolve({ exitCode: error ? error.code : 0, output, errors });
    });
  });
}

/** The scratch folder that a run says it works in. */
function scratchFolder({ output }: Ending): string {
  const folder = /Everything happens in (.+)/.exec(output)?.[1];
  if (!folder) throw new Error(`The run does not name its folder:\n${output}`);
  return folder;
}

test("takes the example from casts to a session that is typed and checked", { timeout }, async () => {
  const ending = await runDemo();

  expect(ending.errors).toBe("");
  expect(ending.exitCode).toBe(0);
  expect(ending.output).toMatch(/\b([1-9]\d*) warnings before, \d+ after/);
  expect(ending.output).toContain("0 new compiler errors");
  expect(ending.output).toMatch(/emitted JavaScript identical in (\d+) of \1 files/);
  expect(ending.output).toContain("the old cookie is still logged in, and the cart is as it was");
  expect(ending.output).toContain("Did you mean 'cart'?");
  expect(ending.output).toMatch(/GET \/cart\n +500 .*cart\[0\]\.quantity/);
  expect(ending.output).toContain("the same cookie is logged in again");
  expect(existsSync(scratchFolder(ending))).toBe(false);
});

describe("on an application that is not in order", () => {
  let app: string;
  beforeEach(() => {
    app = mkdtempSync(join(tmpdir(), "demo-test-app-"));
    cpSync(join(root, "examples", "express-v2"), app, { recursive: true });
  });
  afterEach(() => rmSync(app, { recursive: true, force: true }));

  test("a file that doesn't compile ends it at the first step, with the compiler's words", { timeout }, async () => {
    writeFileSync(join(app, "src", "flash.ts"), "export function flash( {\n");
    const ending = await runDemo("--app", app);

    expect(ending.exitCode).toBe(1);
    expect(ending.errors).toContain("Step 1 failed (The application as it is today)");
    expect(ending.output).toMatch(/src\/flash\.ts\(\d+,\d+\): error TS/);
    expect(existsSync(scratchFolder(ending))).toBe(false);
  });

  test("a server that doesn't start ends it with the server's own error", { timeout }, async () => {
    writeFileSync(join(app, "src", "server.ts"), `throw new Error("no database today");\n`);
    const ending = await runDemo("--app", app);

    expect(ending.exitCode).toBe(1);
    expect(ending.errors).toContain("Step 1 failed");
    expect(ending.errors).toContain("no database today");
    expect(existsSync(scratchFolder(ending))).toBe(false);
  });

  test("an answer that isn't the expected one ends it, naming the request", { timeout }, async () => {
    writeFileSync(
      join(app, "src", "users.ts"),
      "export const findUser = (_id: string) => undefined as any;\n" +
        "export const findByCredentials = async (_email: string, _password: string) => undefined as any;\n",
    );
    const ending = await runDemo("--app", app);

    expect(ending.exitCode).toBe(1);
    expect(ending.errors).toContain("POST /login was answered with 401, not 200");
  });
});

test("a folder without an application is refused before anything is copied", async () => {
  const ending = await runDemo("--app", join(root, "docs"));

  expect(ending.exitCode).toBe(1);
  expect(ending.errors).toContain("--app: there is no application with a tsconfig.json");
  expect(ending.output).toBe("");
});

// Windows has no signals to send: there, kill() ends a process at once.
test.skipIf(process.platform === "win32")(
  "interrupted, it takes its server and its folder along",
  { timeout },
  async () => {
    const demo = spawn(process.execPath, [run], { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
    const closed = once(demo, "close");
    let output = "";
    let origin: string | undefined;
    for await (const line of createInterface({ input: demo.stdout })) {
      output += `${line}\n`;
      origin ??= /listens on (\S+)/.exec(line)?.[1];
      if (origin) demo.kill("SIGINT");
    }
    const [exitCode] = await closed;

    expect(exitCode).toBe(130);
    await expect(fetch(`${origin}/health`)).rejects.toThrow("fetch failed");
    expect(existsSync(scratchFolder({ exitCode, output, errors: "" }))).toBe(false);
  },
);
