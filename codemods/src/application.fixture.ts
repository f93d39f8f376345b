import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** An application in a scratch folder, which goes when the test is over. */
export interface TestApplication {
  readonly folder: string;
  path(name: string): string;
  read(name: string): string;
}

const defaultOptions = {
  target: "es2022",
  lib: ["es2022"],
  skipLibCheck: true,
  module: "nodenext",
  strict: true,
  types: [],
  outDir: "dist",
};

/** What `express` and its session types come to, in a few lines: a session whose keys are declared, all optional. */
const requestTypes = `
export interface CartItem { sku: string; quantity: number }
export interface Session { id: string; userId?: string; cart?: CartItem[]; count?: string; since?: Date }
export interface Request { session: Session; body: any }
`;

/**
 * Writes an application.
 *
 * @param files - texts by path; `request.ts` is there already
 * @param compilerOptions - beside strict ones
 */
export function createApplication(
  files: Readonly<Record<string, string>>,
  compilerOptions: Readonly<Record<string, unknown>> = {},
): TestApplication {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "typed-session-application-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  const tsconfig = JSON.stringify({ compilerOptions: { ...defaultOptions, ...compilerOptions }, include: ["src"] });
  const all = { "tsconfig.json": tsconfig, "src/request.ts": requestTypes, ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
  return { folder, path, read: (name) => readFileSync(path(name), "utf8") };
}
