import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { readers } from "./plain-sites.fixture.js";

const emptiness = fc.constantFrom("", " ", "\n  ", "\t", " /* why */ ", "\r\n");
const type = fc.constantFrom("any", "unknown", "Shop", "Session & { a: 1 }", "{ a?: string }", "Map<A, B>");

/** An expression in the casts that people put around it, inside parentheses. */
const inCasts = (expression: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      expression,
      fc.array(
        fc.oneof(
          type.map((name) => (inner: string) => `(${inner} as ${name})`),
          type.map((name) => (inner: string) => `(<${name}>${inner})`),
          fc.tuple(emptiness, type, emptiness).map(
            ([before, name, after]) =>
              (inner: string) =>
                `(${before}${inner} as ${name}${after})`,
          ),
          fc.constant((inner: string) => `${inner}!`),
          fc.constant((inner: string) => `(${inner})`),
        ),
        { maxLength: 4 },
      ),
    )
    .map(([inner, casts]) => casts.reduce((text, cast) => cast(text), inner));

const request = inCasts(
  fc.constantFrom("req", "ctx.req", "ctx?.req", "this.request", "a.getRequest()", "a?.getRequest()"),
);
const session = inCasts(
  fc
    .tuple(request, fc.constantFrom(".session", "?.session", "['session']", "?.['session']"))
    .map((parts) => parts.join("")),
);
const access = fc
  .tuple(
    session,
    fc.constantFrom("", ".cart", "?.cart", "!.cart", "[0]", "?.[key]", ".save()", "?.save?.()", ".a.b?.c"),
    emptiness,
  )
  .map(([object, use, space]) => (use.startsWith(".") ? object + space + use : object + use));

// The compiler prints a body on one line if it was written on one: these are not, whatever line break goes.
const places: readonly ((access: string) => string)[] = [
  (it) => `${it};`,
  (it) => `const x = ${it};`,
  (it) => `function f() {\n  return ${it}\n}`,
  (it) => `function f() {\n  return(${it})\n}`,
  (it) => `function f() {\n  throw ${it}\n}`,
  (it) => `function* f() {\n  yield ${it}\n}`,
  (it) => `async () => await ${it}`,
  (it) => `typeof ${it} === "x"`,
  (it) => `typeof${it}`,
  (it) => `if (${it}) f(${it}, ...${it});`,
  (it) => `const { a, b: [c] } = ${it} ?? d;`,
  (it) => `x ? ${it} : ${it}`,
  (it) => `${it} in y; y in${it}`,
  (it) => `${it} instanceof Y`,
  (it) => `!${it} && -${it}`,
  (it) => `\`a\${${it}}b\``,
  (it) => `for (const k of ${it}) {}`,
  (it) => `({\n  a: ${it}, ...${it} })`,
  (it) => `() => ${it}`,
  (it) => `a\n;${it}\nb`,
  (it) => `export default ${it}`,
];

const emit = (text: string) =>
  ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true },
  });

/** The compiler emits invalid JavaScript for some of what it takes: `new (a?.b as any)()`. */
const compiles = (text: string) => {
  const { diagnostics, outputText } = emit(text);
  return diagnostics?.length === 0 && emit(outputText).diagnostics?.length === 0;
};

const taken = fc.constantFrom("session", "session: s", "'session': { cart }", "body, session = {}", "session, ...rest");
const destructuring = fc
  .tuple(taken, emptiness, request)
  .map(([pattern, space, text]) => `const {${space}${pattern} } =${space}${text};`);

const valid = fc
  .oneof(
    { weight: 5, arbitrary: fc.tuple(access, fc.constantFrom(...places)).map(([text, place]) => place(text)) },
    { weight: 1, arbitrary: destructuring },
  )
  .filter(compiles);

test("what stays emits the same JavaScript, on both trees, and a second run changes nothing", () => {
  fc.assert(
    fc.property(valid, (text) => {
      const [first, ...others] = Object.values(readers).map((findings) => findings(text));
      for (const other of others) expect(other).toEqual(first);
      const plain = first?.plain ?? "";
      expect(emit(plain).outputText).toBe(emit(text).outputText);
      expect(readers["TypeScript"]?.(plain).plain).toBe(plain);
    }),
    { numRuns: Number(process.env["TYPED_SESSION_RUNS"] ?? 400) },
  );
});
