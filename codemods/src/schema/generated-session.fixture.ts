import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { createCachingHost } from "../caching-host.fixture.js";
import type { Member, Shape } from "../shape/shape.js";
import { renderSession, type SessionSource } from "./session-source.js";

/** Each way to write a session, by the name under which the tests speak of it. */
const writings = {
  zod4: { kind: "zod", zodMajor: 4 },
  zod3: { kind: "zod", zodMajor: 3 },
  valibot: { kind: "valibot" },
  arktype: { kind: "arktype" },
  types: { kind: "types" },
} as const satisfies Record<string, Pick<SessionSource, "kind" | "zodMajor">>;

export type Writing = keyof typeof writings;

/** A session as the codemod would write it, with whatever a test cares about said differently. */
export function write(
  writing: Writing,
  keys: Record<string, Member>,
  differently: Partial<SessionSource> = {},
): string {
  return renderSession({
    ...writings[writing],
    keys: new Map(Object.entries(keys)),
    hasRuntime: false,
    registration: "",
    newLine: "\n",
    notes: new Map(),
    importType: true,
    ...differently,
  });
}

export const shapes = {
  string: { kind: "primitive", name: "string" },
  number: { kind: "primitive", name: "number" },
  boolean: { kind: "primitive", name: "boolean" },
  bigint: { kind: "primitive", name: "bigint" },
  null: { kind: "primitive", name: "null" },
  undefined: { kind: "primitive", name: "undefined" },
  any: { kind: "any" },
  unknown: { kind: "unknown" },
  date: { kind: "date" },
} as const satisfies Record<string, Shape>;

export function literal(value: string | number | boolean): Shape {
  return { kind: "literal", value };
}

export function array(element: Shape): Shape {
  return { kind: "array", element };
}

export function record(value: Shape): Shape {
  return { kind: "record", value };
}

export function union(...of: readonly Shape[]): Shape {
  return { kind: "union", of };
}

export function object(members: Record<string, Member>): Shape {
  return { kind: "object", members: new Map(Object.entries(members)) };
}

export function named(name: string, from?: string, ...typeArguments: readonly Shape[]): Shape {
  return { kind: "named", name, from, typeArguments, expand: () => undefined };
}

export function optional(shape: Shape): Member {
  return { shape, optional: true };
}

export function required(shape: Shape): Member {
  return { shape, optional: false };
}

/** The modules that the tests' named types come from. */
const models: Record<string, string> = {
  "entities/user.ts": `
    export class User { private secret = 1; constructor(readonly id: number, readonly since: Date) {} name() { return ""; } }
    export enum Role { admin, guest }
    export interface Box<T> { readonly value: T; open(): T }
    export namespace Shop { export class Order { constructor(readonly total: number) {} close() {} } }`,
  "entities/other-user.ts": `
    export class User { private other = 1; }
    export class Date { private day = 1; }
    export interface AppSession { own(): void }
    export default class { private third = 1; }`,
};

const compilerOptions: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["node"],
  isolatedModules: true,
};

/** A folder within the workspace, so that packages are found from it. */
export class GeneratedFolder {
  readonly #path: string;
  #loaded = 0;

  constructor() {
    const parent = fileURLToPath(new URL("../../../.scratch", import.meta.url));
    mkdirSync(parent, { recursive: true });
    this.#path = mkdtempSync(join(parent, "schema-"));
    for (const [name, text] of Object.entries(models)) this.write(name, text);
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }

  write(name: string, text: string): string {
    const path = join(this.#path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Writes a session, and gives the path of its module. */
  writeSession(name: string, writing: Writing, text: string): string {
    // Zod 3 is in the package of zod 4, under another name.
    return this.write(name, writing === "zod3" ? text.replace(`from "zod"`, `from "zod/v3"`) : text);
  }

  /** What the compiler has against files, each with the line that it is about. */
  errorsOf(paths: readonly string[]): string[] {
    const program = ts.createProgram(paths, compilerOptions, createCachingHost(compilerOptions));
    return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const line = file?.text.slice(0, start).split("\n").length ?? 0;
      const text = file?.text.split("\n")[line - 1] ?? "";
      return `${text.trim()}\n  ${ts.flattenDiagnosticMessageText(messageText, "\n  ")}`;
    });
  }

  /** Loads a session's module as the application would. */
  async load(writing: Writing, text: string): Promise<Record<string, unknown>> {
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const path = this.writeSession(`${writing}-${this.#loaded++}.mjs`, writing, outputText);
    const module: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href);
    return Object.fromEntries(Object.entries(module ?? {}));
  }
}
