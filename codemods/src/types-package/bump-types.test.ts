import { afterEach, expect, test, vi } from "vitest";
import { createApplication, type TestApplication } from "../application.fixture.js";
import { runBuiltCli, runCli } from "../run-cli.fixture.js";
import { expressSession, oldExpressSession } from "../session-libraries.fixture.js";
import { serveRegistry, type RegistryVersion } from "./types-registry.fixture.js";

const commonjs = {
  module: "commonjs",
  moduleResolution: "node10",
  ignoreDeprecations: "6.0",
  types: ["express-session"],
};
const name = "@types/express-session";
const text = expressSession["node_modules/@types/express-session/index.d.ts"];
const source = `import type { Request } from "express";
export const login = (req: Request) => { req.session!.userId = "ada"; };
export const who = (req: Request) => req.session!.userId;
`;
const manifest = `{\r\n\t"name": "shop",\r\n\t"devDependencies": {  "${name}":"^1.17.0" , "other": "^1.17.0" }\r\n}`;

function version(number: string, index = text): RegistryVersion {
  const fields = { name, version: number, types: "index.d.ts", typeScriptVersion: "4.5" };
  return { manifest: fields, files: { "index.d.ts": index } };
}

function shop(files: Record<string, string> = {}): TestApplication {
  return createApplication(
    { ...oldExpressSession, "package.json": manifest, "src/a.ts": source, ...files },
    { ...commonjs },
  );
}

/** It is served by this process: what asks it is run in another. */
async function useRegistry(...versions: RegistryVersion[]): Promise<void> {
  for (const [key, value] of Object.entries(await serveRegistry(versions))) vi.stubEnv(key, value);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

test("moves the version in package.json, to the byte, and verifies with the new types", async () => {
  await useRegistry(version("1.17.1"), version("1.17.2"), version("1.18.2"));
  const application = shop({ "yarn.lock": "" });
  const { output, errors, exitCode } = await runBuiltCli(application.folder, "upgrade", "--bump-types");
  expect(errors).toBe("");
  expect(output).toContain(`${name} moves from 1.17.0 to 1.18.2, which all was compiled with. Now run: yarn install`);
  expect(exitCode).toBe(0);
  expect(application.read("package.json")).toBe(manifest.replace(`"${name}":"^1.17.0"`, `"${name}":"^1.18.2"`));
  expect(application.read("src/session.ts")).toContain('declare module "express-session"');
  await runCli(application.folder, "undo");
  expect(application.read("package.json")).toBe(manifest);
});

test("what the new types have against the application is in the way", async () => {
  await useRegistry(version("1.18.2", text.replace("sessionID: string", "sessionID: number")));
  const use = `import type { Request } from "express";\nexport const id = (req: Request): string | undefined => req.sessionID;\n`;
  const application = shop({ "src/b.ts": use });
  const { output, exitCode, errors } = await runBuiltCli(application.folder, "upgrade", "--bump-types");
  expect(output).toContain("src/b.ts: TS2322");
  expect(errors).toContain("Nothing was written.");
  expect(exitCode).toBe(1);
  expect(application.read("package.json")).toBe(manifest);
});

test("without the flag, nothing moves, and the keys are declared where the installed version reads them", async () => {
  const application = shop();
  await runCli(application.folder, "upgrade");
  expect(application.read("package.json")).toBe(manifest);
  expect(application.read("src/session.ts")).toContain("namespace Express");
});

test("the native engine, which compiles what is installed, is refused", async () => {
  const options = { strict: true, module: "node16", types: ["express-session"], outDir: "dist", rootDir: "src" };
  const application = shop({ "tsconfig.json": JSON.stringify({ compilerOptions: options, include: ["src"] }) });
  const { errors, exitCode } = await runCli(application.folder, "upgrade", "--bump-types", "--engine", "native");
  expect(errors).toContain("Say --engine js.");
  expect(exitCode).toBe(2);
});

test("several projects are refused", async () => {
  const options = { compilerOptions: commonjs, include: ["src"] };
  const application = shop({ "tsconfig.other.json": JSON.stringify(options) });
  const both = ["--tsconfig", "tsconfig.json", "--tsconfig", "tsconfig.other.json"];
  const { errors, exitCode } = await runCli(application.folder, "upgrade", "--bump-types", ...both);
  expect(errors).toContain("there are 2. Name one with --tsconfig.");
  expect(exitCode).toBe(2);
});

test("types that are new enough stay", async () => {
  const application = createApplication({ ...expressSession, "package.json": manifest, "src/a.ts": source }, commonjs);
  expect((await runCli(application.folder, "upgrade", "--bump-types")).exitCode).toBe(0);
  expect(application.read("package.json")).toBe(manifest);
});

test.each([
  [
    "a registry that does not answer",
    manifest,
    /npm can't get @types\/express-session: .+ECONNREFUSED.+Without that flag/s,
  ],
  ["no package.json that names them", "{}", /no package\.json names @types\/express-session 1\.17\.0/],
  [
    "a range of another kind",
    manifest.replace("^1.17.0", "1.15 || 1.17"),
    /asks for .+ with 1\.15 \|\| 1\.17\. Move that/,
  ],
])("%s is said, and nothing is written", async (_, packageJson, message) => {
  vi.stubEnv("npm_config_registry", "http://127.0.0.1:1/");
  vi.stubEnv("npm_config_fetch_retries", "0");
  const application = shop({ "package.json": packageJson });
  const { errors, exitCode } = await runCli(application.folder, "upgrade", "--bump-types");
  expect(errors).toMatch(message);
  expect(exitCode).toBe(2);
  expect(application.read("src/a.ts")).toBe(source);
});
