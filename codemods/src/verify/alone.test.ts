import { describe, expect, test } from "vitest";
import { createApplication } from "../application.fixture.js";
import { loadApplication } from "../application/load.js";
import { createCompiler, type Compilation } from "./compile.js";
import type { Engine } from "./engine.js";

/** What it checks does not matter here: that it is not the compiler that emits does. */
const engine: Engine = { name: "native", errors: () => [], close: () => {} };

function compile(files: Readonly<Record<string, string>>, options: Readonly<Record<string, unknown>> = {}) {
  const application = createApplication(files, options);
  const compiler = createCompiler(loadApplication(application.folder), undefined, engine);
  return { path: application.path("src/a.ts"), compilation: compiler(new Map()) };
}

function emittedAlone({ path, compilation }: { readonly path: string; readonly compilation: Compilation }) {
  return compilation.alone([path])?.emit(path);
}

const shapes = `export interface Shape { x: number }\nexport const origin = { x: 0 };\n`;
const modules = {
  "src/shapes.ts": shapes,
  "src/a.ts": `import { origin, type Shape } from "./shapes.js";\nexport class A { at: Shape = origin as any; }\n`,
};

describe("what a file emits alone", () => {
  test.each([
    ["ES modules", { "package.json": `{ "type": "module" }`, ...modules }, {}],
    ["CommonJS modules", { "package.json": `{ "type": "commonjs" }`, ...modules }, {}],
    ["types that are imported as values are", modules, { verbatimModuleSyntax: false }],
    ["older classes", modules, { target: "es2017", useDefineForClassFields: false, experimentalDecorators: true }],
  ])("is what it emits in its program: %s", (_, files, options) => {
    const compiled = compile(files, options);
    const alone = emittedAlone(compiled);
    expect(alone?.size).toBe(1);
    expect([...(alone?.values() ?? [])]).toEqual([...compiled.compilation.emit(compiled.path).values()]);
  });

  test("is nothing where the program has no such file", () => {
    const { compilation } = compile(modules);
    expect(compilation.alone(["/nowhere.ts"])?.emit("/nowhere.ts").size).toBe(0);
  });

  test.each([
    ["decorators tell types", modules, { emitDecoratorMetadata: true, experimentalDecorators: true }],
    ["the program has a const enum", { ...modules, "src/b.ts": "export const /* few */ enum Level { High }\n" }, {}],
    [
      "the program has one over several lines",
      { ...modules, "src/b.ts": "export const // few\n  /* of * them */ enum Level { High }\n" },
      {},
    ],
    [
      "a package has a const enum",
      { ...modules, "node_modules/@types/levels/index.d.ts": "declare const enum Level { High }\n" },
      { types: ["levels"] },
    ],
    ["it goes to ES5", modules, { target: "es5", lib: ["es2022"], ignoreDeprecations: "6.0" }],
    ["all goes to one file", modules, { module: "amd", outFile: "all.js", ignoreDeprecations: "6.0" }],
  ])("is not to be relied on where %s", (_, files, options) => {
    expect(emittedAlone(compile(files, options))).toBeUndefined();
  });

  test("is to be relied on where const enums are objects as others are", () => {
    const files = { ...modules, "src/b.ts": "export const enum Level { High }\n" };
    expect(emittedAlone(compile(files, { isolatedModules: true }))).toBeDefined();
  });

  test("is not asked for where the compiler that emits has checked the files", () => {
    const application = createApplication(modules);
    const compilation = createCompiler(loadApplication(application.folder))(new Map());
    expect(compilation.alone([application.path("src/a.ts")])).toBeUndefined();
  });
});
