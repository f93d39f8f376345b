/** What an author could write in the places that templates leave open: `[file, what stands there, what takes its place]`. */
type Written = readonly [file: string, open: RegExp, code: string];

/** For a store, a map. Files are named as in the templates. */
const store: readonly Written[] = [
  [
    "src/stores/new-name.ts",
    /(?= {2}constructor)/,
    `  readonly #entries = new Map<string, StoreEntry>();

  #live(key: string): StoreEntry | null {
    const entry = this.#entries.get(key);
    return entry === undefined || entry.expiresAt <= this.#clock() ? null : entry;
  }

`,
  ],
  ["src/stores/new-name.ts", /^import type.*$/m, `$&\nimport { isAllowed } from "./condition.js";`],
  ["src/stores/new-name.ts", /return notWritten\("read.*\);/, "return Promise.resolve(this.#live(key));"],
  [
    "src/stores/new-name.ts",
    /const task =[^]*?return notWritten\(task.*\);/,
    `if (!isAllowed(condition, this.#live(key))) return Promise.resolve(false);
    this.#entries.set(key, entry);
    return Promise.resolve(true);`,
  ],
  [
    "src/stores/new-name.ts",
    /return notWritten\("remove.*\);/,
    `if (!isAllowed(condition, this.#live(key))) return Promise.resolve(false);
    this.#entries.delete(key);
    return Promise.resolve(true);`,
  ],
  [
    "src/stores/new-name.ts",
    /return notWritten\("give.*\);/,
    `const entry = this.#live(key);
    if (entry !== null) this.#entries.set(key, { ...entry, expiresAt });
    return Promise.resolve(entry !== null);`,
  ],
];

/** For an adapter, a framework of ten lines: its error handler is told by an event of the response. */
const adapter: readonly Written[] = [
  ["src/adapters/new-name.ts", /notWritten\("give.*\);/, `context.response.emit("refused", error);`],
  [
    "src/adapters/new-name.test.ts",
    /return notWritten\([^]*?^ {2}\);/m,
    `const errors: unknown[] = [];
  const served = new Map(routes.map((route) => [route.path, route]));
  const origin = await serve((request, response) => {
    const context = { request, response };
    const fail = (error: unknown) => {
      errors.push(error);
      const status: unknown = Reflect.get(Object(error), "status");
      response.writeHead(typeof status === "number" ? status : 500).end("sorry");
    };
    response.once("refused", fail);
    const answer = async () => {
      const route = served.get(request.url ?? "");
      if (route === undefined) return account(context);
      const { status, headers, body } = await route.serve(context as never);
      for (const [name, value] of headers) response.appendHeader(name, value);
      response.writeHead(status).end(body);
    };
    withSession(context, answer).catch(fail);
  });
  return { origin, errors };`,
  ],
  ["src/adapters/new-name.test.ts", /^/, `import { serve } from "../http-client.fixture.js";\n`],
];

const rule: readonly Written[] = [
  ["eslint-rules/src/rules/new-name.ts", /return notWritten\(.*\);/, "return site.outer !== site.session;"],
];

const transform: readonly Written[] = [
  [
    "codemods/src/transforms/new-name.ts",
    /return notWritten\(.*\);/,
    `const around = ts.isParenthesizedExpression(site.outer.parent) ? site.outer.parent : site.outer;
  return [{ start: around.getStart(), end: around.getEnd(), text: site.session.getText() }];`,
  ],
];

export const writtenByAuthors: Readonly<Record<string, readonly Written[]>> = { store, adapter, rule, transform };
