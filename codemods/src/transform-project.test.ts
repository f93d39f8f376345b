import { describe, expect, test } from "vitest";
import { createApplication, type TestApplication } from "./application.fixture.js";
import { transformProject, type TransformResult } from "./transform-project.js";
import { writeChanges } from "./write/write-changes.js";

const imports = `import type { Request } from "./request.js";\n`;

function run({ folder }: TestApplication, ...transforms: string[]): TransformResult {
  const names = transforms.length > 0 ? transforms : ["remove-session-casts"];
  return transformProject({ directory: folder, transforms: names });
}

/** The result in short: `line rung`, with the reason where there is one. */
function verdicts({ ledger }: TransformResult): string[] {
  return ledger.map(({ line, rung, reason = "", untyped }) =>
    [`${line}: rung ${rung}`, untyped ?? reason.split("\n")[0]].filter(Boolean).join(", "),
  );
}

function after({ files }: TransformResult, application: TestApplication, name: string): string | undefined {
  return files.find(({ path }) => path === application.path(name))?.after;
}

describe("each site ends on the first rung that adds no error", () => {
  test("1: the plain access", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request) => (req.session as any).cart ?? [];\n`,
    });
    const result = run(application);
    expect(verdicts(result)).toEqual(["2: rung 1"]);
    expect(after(result, application, "src/a.ts")).toBe(
      `${imports}export const a = (req: Request) => req.session.cart ?? [];\n`,
    );
    expect(result).toMatchObject({ newErrors: [], compiledFiles: 2, sessionsSeen: 1, emitChangedByDesign: [] });
  });

  test("2: the value is declared optional, and used as if it were always there", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request): string => (req.session as any).userId;\n`,
    });
    const result = run(application);
    expect(verdicts(result)).toEqual([
      "2: rung 2, TS2322: Type 'string | undefined' is not assignable to type 'string'.",
    ]);
    expect(after(result, application, "src/a.ts")).toContain("=> req.session.userId!;");
  });

  test("3: the value is used as another type", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request): number => (req.session as any).count;\n`,
    });
    const result = run(application);
    expect(verdicts(result)[0]).toMatch(/^2: rung 3, TS2322/);
    expect(after(result, application, "src/a.ts")).toContain("=> (req.session.count as any);");
  });

  test("3: what is written does not fit, so it is what the cast goes to", () => {
    const text = `${imports}export function a(req: Request, n: number) {\n  (req.session as any).userId = 5;\n  (req.session as any).userId = n || 1;\n}\n`;
    const application = createApplication({ "src/a.ts": text });
    const result = run(application);
    expect(result.ledger.map(({ rung }) => rung)).toEqual([3, 3]);
    expect(after(result, application, "src/a.ts")).toContain("req.session.userId = 5 as any;");
    expect(after(result, application, "src/a.ts")).toContain("req.session.userId = n || 1 as any;");
  });

  test("4: the session has no such key, so the text stays", () => {
    const text = `${imports}export function a(req: Request) {\n  (req.session as any).other = 1;\n}\n`;
    const application = createApplication({ "src/a.ts": text });
    const result = run(application);
    expect(verdicts(result)).toEqual(["3: rung 4, TS2339: Property 'other' does not exist on type 'Session'."]);
    expect(result.files).toEqual([]);
  });

  test("the neighbours of a site that stays go on", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export function a(req: Request) {
  if (!(req.session as any).userId) (req.session as any).other = 5, (req.session as any).cart = [];
  return [(req.session as any).cart, (req.session as any).since.getTime()];
}
`,
    });
    const result = run(application);
    expect(result.ledger.map(({ rung }) => rung)).toEqual([1, 4, 1, 1, 2]);
    expect(after(result, application, "src/a.ts")).toContain(
      "if (!req.session.userId) (req.session as any).other = 5, req.session.cart = [];",
    );
  });
});

describe("the site to blame is found", () => {
  test("when the error is in another statement", () => {
    const application = createApplication({
      "src/a.ts": `${imports}
export function total(req: Request): number {
  const seen = (req.session as any).since;
  const items = (req.session as any).cart;
  return items.length + seen.getTime();
}
`,
    });
    const result = run(application);
    expect(result.ledger.map(({ rung }) => rung)).toEqual([2, 2]);
    expect(result.newErrors).toEqual([]);
  });

  test("when the error is in another file", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const cartOf = (req: Request) => (req.session as any).cart;\nexport const idOf = (req: Request) => (req.session as any).userId;\n`,
      "src/b.ts": `import { cartOf, idOf } from "./a.js";\n${imports}export const size = (req: Request): number => cartOf(req).length;\nexport const id = (req: Request) => idOf(req) ?? "nobody";\n`,
    });
    const result = run(application);
    expect(verdicts(result)).toEqual(["2: rung 2, TS2532: Object is possibly 'undefined'.", "3: rung 1"]);
  });

  test("when it takes two sites together", () => {
    const application = createApplication({
      "src/a.ts": `${imports}
export function same(req: Request) {
  const a = (req.session as any).userId;
  const b = (req.session as any).since;
  return a === b;
}
`,
    });
    const result = run(application);
    expect(result.newErrors).toEqual([]);
    expect(result.ledger.some(({ rung }) => rung === 1)).toBe(true);
  });
});

describe("what was wrong before is no obstacle", () => {
  test("an error that the application has anyway", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const wrong: number = "text";\nexport const a = (req: Request) => (req.session as any).cart;\n`,
    });
    expect(verdicts(run(application))).toEqual(["3: rung 1"]);
  });

  test("one more error of the same kind is a new one", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request) => req.session.nope;\nexport const b = (req: Request) => (req.session as any).nope;\n`,
    });
    expect(verdicts(run(application)).at(-1)).toMatch(/^3: rung 4, TS2339/);
  });

  test("a suppression that hides something else too stays", () => {
    const text = `${imports}export function a(req: Request) {\n  // @ts-ignore\n  req.session.userId = missing;\n  // @ts-ignore\n  req.session.cart = [];\n}\n`;
    const application = createApplication({ "src/a.ts": text });
    const result = run(application);
    expect(verdicts(result)).toEqual(["4: rung 4, TS2304: Cannot find name 'missing'.", "6: rung 1"]);
    expect(after(result, application, "src/a.ts")).toBe(
      text.replace("  // @ts-ignore\n  req.session.cart", "  req.session.cart"),
    );
  });
});

describe("imports", () => {
  const withType = `import { type CartItem, type Session } from "./request.js";\n${imports}export const a = (req: Request): CartItem[] | undefined => (req.session as Session).cart;\n`;

  test("that nothing uses any more go, so that noUnusedLocals has nothing to say", () => {
    const application = createApplication({ "src/a.ts": withType }, { noUnusedLocals: true });
    const result = run(application);
    expect(verdicts(result)).toEqual(["3: rung 1"]);
    expect(after(result, application, "src/a.ts")).toMatch(/^import \{ type CartItem \} from/);
  });

  test("of a class stay where the compiler emits them", () => {
    const files = {
      "src/session-class.ts": `console.log("loaded");\nexport class ShopSession { id = ""; cart?: unknown[] }\n`,
      "src/a.ts": `import { ShopSession } from "./session-class.js";\n${imports}export const a = (req: Request) => (req.session as ShopSession).cart;\n`,
    };
    const emitting = createApplication(files, {
      verbatimModuleSyntax: true,
      module: "esnext",
      moduleResolution: "bundler",
    });
    expect(after(run(emitting), emitting, "src/a.ts")).toContain(`import { ShopSession }`);
    const eliding = createApplication(files, { module: "esnext", moduleResolution: "bundler" });
    expect(after(run(eliding), eliding, "src/a.ts")).not.toContain("ShopSession");
  });

  test("of types go where the compiler emits what is not marked as one", () => {
    const options = { verbatimModuleSyntax: true, module: "esnext", moduleResolution: "bundler" };
    const text = `import type { Session } from "./request.js";\nimport { type CartItem } from "./cart.js";\n${imports}export const a = (req: Request) => (req.session as Session & { cart: CartItem[] }).cart;\n`;
    const application = createApplication(
      { "src/cart.ts": `console.log("loaded");\nexport type { CartItem } from "./request.js";\n`, "src/a.ts": text },
      options,
    );
    const result = run(application);
    expect(verdicts(result)).toEqual(["4: rung 1"]);
    expect(after(result, application, "src/a.ts")).toBe(
      `import {} from "./cart.js";\n${imports}export const a = (req: Request) => req.session.cart;\n`,
    );
  });
});

describe("what no transform changes is reported all the same", () => {
  test("a session without a type, with the declaration to blame", () => {
    const application = createApplication({
      "src/a.ts": `export function a(req: any) {\n  (req.session as any).cart = [];\n  return req.session.userId;\n}\n`,
      "src/b.ts": `interface Carrier { session: any }\nexport const b = (req: Carrier) => req.session.cart;\nexport const c = (req: { session: Record<string, any> }) => req.session.cart;\n`,
    });
    expect(verdicts(run(application))).toEqual([
      "2: rung 1, 'req' is declared any at src/a.ts:1",
      "3: rung 4, 'req' is declared any at src/a.ts:1",
      "2: rung 4, the session is declared any at src/b.ts:1",
      "3: rung 4, the session's type takes any key, by the index signature",
    ]);
  });

  test("a comment that would be lost", () => {
    const application = createApplication({
      "src/a.ts": `${imports}export const a = (req: Request) => (\n  // why\n  req.session as any\n).cart;\n`,
    });
    expect(verdicts(run(application))).toEqual(["4: rung 4, a comment inside the cast would be lost"]);
  });
});

describe("declarations that merge with nothing", () => {
  const dead = `import type { CartItem } from "../request.js";\n\ndeclare global {\n  namespace Express {\n    interface SessionData {\n      cart: CartItem[];\n    }\n  }\n}\n`;

  test("go", () => {
    const application = createApplication({
      "src/types/express.d.ts": dead,
      "src/a.ts": `${imports}export const a = (req: Request) => req.session.cart;\n`,
    });
    const result = run(application, "remove-dead-augmentation");
    expect(after(result, application, "src/types/express.d.ts")).toBe("export {};\n");
    expect(result.ledger).toMatchObject([{ kind: "declaration", line: 5, rung: 1 }]);
  });

  test("stay where a package declares the same, as the types of express-session did before 1.17", () => {
    const application = createApplication(
      {
        "src/types/express.d.ts": dead,
        "node_modules/@types/express-session/package.json": `{ "name": "@types/express-session", "version": "1.15.0", "types": "index.d.ts" }`,
        "node_modules/@types/express-session/index.d.ts": `declare global { namespace Express { interface SessionData { [key: string]: any } } }\nexport {};\n`,
      },
      { types: ["express-session"] },
    );
    expect(run(application, "remove-dead-augmentation").ledger).toEqual([]);
  });

  test("stay where the application uses them itself", () => {
    const application = createApplication({
      "src/types/express.d.ts": dead,
      "src/a.ts": `export const size = (session: Express.SessionData) => session.cart.length;\n`,
    });
    const result = run(application, "remove-dead-augmentation");
    expect(result.ledger).toMatchObject([{ rung: 4, reason: expect.stringContaining("TS2503") }]);
    expect(result.files).toEqual([]);
  });

  test("stay where they alone say what type a key in use has, and whichever way it is read", () => {
    for (const access of ["req.session.basket", "(req.session as any).basket", "(req as any).session.basket"]) {
      const application = createApplication({
        "src/types/express.d.ts": dead.replace("cart:", "basket:"),
        "src/a.ts": `${imports}export const a = (req: Request) => ${access};\n`,
      });
      const result = run(application, "remove-dead-augmentation", "remove-session-casts");
      expect(result.ledger.find(({ kind }) => kind === "declaration")).toMatchObject({
        rung: 4,
        reason: "no other declaration has 'basket', which line 2 of a.ts uses",
      });
      expect(result.files).toEqual([]);
    }
  });

  test("are named where a key is missing on that account", () => {
    const application = createApplication({
      "src/types/express.d.ts": dead.replace("cart:", "basket:"),
      "src/a.ts": `${imports}export const a = (req: Request) => req.session.basket;\n`,
    });
    expect(verdicts(run(application))).toEqual([
      "2: rung 4, 'basket' is declared in Express.SessionData at src/types/express.d.ts:6, which merges with nothing",
    ]);
  });
});

test("the call of cast() is the one change of the emitted JavaScript, and is listed", () => {
  const application = createApplication({
    "node_modules/typed-session/package.json": `{ "name": "typed-session", "version": "2.0.0", "types": "index.d.ts" }`,
    "node_modules/typed-session/index.d.ts": `export function cast<T>(type: new () => T, session: unknown): T;\n`,
    "src/a.ts": `import { cast } from "typed-session";\nimport { Session } from "./session.js";\n${imports}export const a = (req: Request) => cast(Session, req.session).cart;\n`,
    "src/session.ts": `export class Session { cart?: unknown[] }\n`,
  });
  const result = run(application);
  expect(after(result, application, "src/a.ts")).toBe(
    `${imports}export const a = (req: Request) => req.session.cart;\n`,
  );
  expect(result.emitChangedByDesign).toEqual([application.path("src/a.ts")]);
});

test("a second run changes nothing", () => {
  const application = createApplication({
    "src/a.ts": `${imports}export function a(req: Request): string {\n  (req.session as any).cart ??= [];\n  (req.session as any).other = 1;\n  return (req.session as any).userId;\n}\n`,
  });
  const first = run(application);
  expect(first.ledger.map(({ rung }) => rung)).toEqual([1, 4, 2]);
  writeChanges(first.files, application.folder);
  const second = run(application);
  expect(second.files).toEqual([]);
  expect(second.ledger.map(({ rung }) => rung)).toEqual([4]);
});

test("everything outside the sites stays to the byte: the mark, tabs, carriage returns, a missing last line break", () => {
  const text = `\uFEFFimport type { Request } from "./request.js";\r\n\r\n\r\nexport const  a=(req:Request)=>{\treturn (req.session as any)\t.cart }`;
  const application = createApplication({ "src/a.ts": text });
  writeChanges(run(application).files, application.folder);
  expect(application.read("src/a.ts")).toBe(text.replace("(req.session as any)", "req.session"));
});

test("a file whose emitted JavaScript would change is left alone, and the others go on", () => {
  const application = createApplication({
    "src/a.ts": `declare const context: { getRequest(): { session: { Cart: new () => object } } };\nexport const cart = new (context.getRequest().session as any).Cart();\n`,
    "src/b.ts": `${imports}export const b = (req: Request) => (req.session as any).cart;\n`,
  });
  const result = run(application);
  expect(verdicts(result)).toEqual(["2: rung 4, the emitted JavaScript of src/a.ts would change", "2: rung 1"]);
  expect(result.files.map(({ path }) => path)).toEqual([application.path("src/b.ts")]);
});
