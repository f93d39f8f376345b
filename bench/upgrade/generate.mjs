// Writes an Express application of a given number of files, as large ones are: for each entity its types, repository, mapper,
// validation, policy, service, handlers and router. Three of five handlers' files (7.5 % of all) touch the session, with casts.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "node_modules");
const linked = ["express", "@types/express", "@types/express-session", "express-session", "typescript", "zod"];

const nouns = [
  "Order",
  "Invoice",
  "Customer",
  "Product",
  "Shipment",
  "Refund",
  "Ticket",
  "Booking",
  "Course",
  "Vehicle",
];

/** The files of the application by path. The tsconfig and the package.json are not counted. */
export function generateApplication(folder, fileCount) {
  const files = sharedFiles();
  const entities = [];
  while (Object.keys(files).length + filesPerEntity < fileCount) {
    const entity = entityAt(entities.length);
    entities.push(entity);
    Object.assign(files, filesOf(entity, entities.at(-2)));
  }
  files["src/app.ts"] = appText(entities);
  for (let index = 0; Object.keys(files).length < fileCount; index += 1) {
    files[`src/constants/limits-${index}.ts`] =
      `export const limit${index} = { min: ${index}, max: ${index + 100} };\n`;
  }
  for (const [name, text] of Object.entries({ ...files, ...configuration })) write(folder, name, text);
  linkModules(folder, linked);
  return { files: Object.keys(files).length, withCasts: entities.filter(({ isInSession }) => isInSession).length + 1 };
}

/** Gives the application some of this workspace's packages. */
export function linkModules(folder, names) {
  for (const name of names) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(modules, name), join(folder, "node_modules", name), "junction");
  }
}

const filesPerEntity = 8;

function write(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const configuration = {
  "package.json": JSON.stringify({
    name: "generated-application",
    private: true,
    dependencies: { express: "^5.0.0", "express-session": "^1.18.0", zod: "^4.0.0" },
  }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["es2022"],
      module: "nodenext",
      strict: true,
      skipLibCheck: true,
      types: [],
      outDir: "dist",
    },
    include: ["src"],
  }),
};

function entityAt(index) {
  const noun = `${nouns[index % nouns.length]}${Math.floor(index / nouns.length)}`;
  const folder = `${noun.toLowerCase()}`;
  return { index, noun, folder, isInSession: index % 5 < 3 };
}

function sharedFiles() {
  return {
    "src/app.ts": "",
    "src/shared/result.ts": `export type Result<T, E extends Error = Error> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function success<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function failure<E extends Error>(error: E): Result<never, E> {
  return { ok: false, error };
}

export function map<T, U, E extends Error>(result: Result<T, E>, change: (value: T) => U): Result<U, E> {
  return result.ok ? success(change(result.value)) : result;
}
`,
    "src/shared/page.ts": `export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next?: string;
}

export type Sorting<T> = { readonly [K in keyof T & string]?: "ascending" | "descending" };

export function paginate<T>(items: readonly T[], from: number, size: number): Page<T> {
  const page = items.slice(from, from + size);
  return from + size < items.length
    ? { items: page, total: items.length, next: String(from + size) }
    : { items: page, total: items.length };
}

export function sortBy<T, K extends keyof T & string>(items: readonly T[], sorting: Sorting<Pick<T, K>>): T[] {
  const keys = Object.keys(sorting) as K[];
  return [...items].sort((a, b) => {
    for (const key of keys) {
      const sign = sorting[key] === "descending" ? -1 : 1;
      if (a[key] < b[key]) return -sign;
      if (a[key] > b[key]) return sign;
    }
    return 0;
  });
}
`,
    "src/shared/users.ts": `export interface User {
  id: string;
  name: string;
  role: "admin" | "member" | "guest";
  permissions: string[];
}

const users = new Map<string, User>();

export async function findUser(id: string): Promise<User | undefined> {
  return users.get(id);
}

export function mayChange(user: User, entity: string): boolean {
  return user.role === "admin" || user.permissions.includes(\`\${entity}:write\`);
}
`,
    "src/middleware/authenticate.ts": `import type { NextFunction, Request, Response } from "express";
import { findUser } from "../shared/users.js";

export async function authenticate(req: Request, res: Response, next: NextFunction): Promise<void> {
  const user = await findUser((req.session as any).userId);
  if (user === undefined) {
    res.status(401).json({ error: "unknown" });
    return;
  }
  (req.session as any).user = user;
  (req.session as any).visits = ((req.session as any).visits ?? 0) + 1;
  next();
}

export function signIn(req: Request, res: Response): void {
  const id: string = req.body.id;
  (req.session as any).userId = id;
  (req.session as any).signedInAt = Date.now();
  (req.session as any).locale = "en";
  (req.session as any).notices = [];
  res.redirect("/");
}
`,
  };
}

function appText(entities) {
  const imports = entities.map(({ noun, folder }) => `import { ${noun}Router } from "./${folder}/router.js";`);
  const uses = entities.map(({ noun, folder }) => `app.use("/${folder}", ${noun}Router);`);
  return `import express from "express";
import session from "express-session";
import { authenticate, signIn } from "./middleware/authenticate.js";
${imports.join("\n")}

export const app = express();
app.use(session({ secret: "not a secret", resave: false, saveUninitialized: false }));
app.post("/sign-in", signIn);
app.use(authenticate);
${uses.join("\n")}
`;
}

function filesOf(entity, previous) {
  const { folder } = entity;
  return {
    [`src/${folder}/types.ts`]: typesText(entity),
    [`src/${folder}/repository.ts`]: repositoryText(entity),
    [`src/${folder}/mapper.ts`]: mapperText(entity),
    [`src/${folder}/validation.ts`]: validationText(entity),
    [`src/${folder}/policy.ts`]: policyText(entity),
    [`src/${folder}/service.ts`]: serviceText(entity, previous),
    [`src/${folder}/handlers.ts`]: entity.isInSession ? sessionHandlersText(entity) : handlersText(entity),
    [`src/${folder}/router.ts`]: routerText(entity),
  };
}

const typesText = ({ noun }) => `export type ${noun}Status = "draft" | "active" | "suspended" | "closed";

export interface ${noun}Line {
  readonly sku: string;
  readonly quantity: number;
  readonly price: number;
  readonly tags: readonly string[];
}

export interface ${noun} {
  readonly id: string;
  readonly status: ${noun}Status;
  readonly owner: { readonly id: string; readonly name: string; readonly email?: string };
  readonly lines: readonly ${noun}Line[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly notes?: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
}

export type ${noun}Draft = Omit<${noun}, "id" | "createdAt" | "updatedAt"> & Partial<Pick<${noun}, "createdAt">>;

export type ${noun}Event =
  | { readonly type: "created"; readonly entity: ${noun} }
  | { readonly type: "changed"; readonly before: ${noun}; readonly after: ${noun}; readonly keys: readonly (keyof ${noun})[] }
  | { readonly type: "closed"; readonly id: string; readonly reason: string };

export interface ${noun}Filter {
  readonly status?: ${noun}Status;
  readonly owner?: string;
  readonly minimum?: number;
  readonly tags?: readonly string[];
}
`;

const repositoryText = ({ noun }) => `import { paginate, sortBy, type Page, type Sorting } from "../shared/page.js";
import type { ${noun}, ${noun}Draft, ${noun}Event, ${noun}Filter } from "./types.js";

type Listener = (event: ${noun}Event) => void | Promise<void>;

export class ${noun}Repository {
  readonly #byId = new Map<string, ${noun}>();
  readonly #listeners = new Set<Listener>();
  #next = 1;

  async find(id: string): Promise<${noun} | undefined> {
    return this.#byId.get(id);
  }

  async list(filter: ${noun}Filter, sorting: Sorting<Pick<${noun}, "id" | "createdAt" | "status">>, from = 0): Promise<Page<${noun}>> {
    const found = [...this.#byId.values()].filter((each) => matches(each, filter));
    return paginate(sortBy(found, sorting), from, 50);
  }

  async create(draft: ${noun}Draft): Promise<${noun}> {
    const now = new Date();
    const entity: ${noun} = { createdAt: now, ...draft, id: String(this.#next++), updatedAt: now };
    this.#byId.set(entity.id, entity);
    await this.#emit({ type: "created", entity });
    return entity;
  }

  async change(id: string, changes: Partial<${noun}Draft>): Promise<${noun} | undefined> {
    const before = this.#byId.get(id);
    if (before === undefined) return undefined;
    const after: ${noun} = { ...before, ...changes, updatedAt: new Date() };
    this.#byId.set(id, after);
    const keys = (Object.keys(changes) as (keyof ${noun}Draft)[]).filter((key) => before[key] !== after[key]);
    await this.#emit({ type: "changed", before, after, keys });
    return after;
  }

  async close(id: string, reason: string): Promise<boolean> {
    const isThere = this.#byId.delete(id);
    if (isThere) await this.#emit({ type: "closed", id, reason });
    return isThere;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #emit(event: ${noun}Event): Promise<void> {
    await Promise.all([...this.#listeners].map(async (listener) => listener(event)));
  }
}

function matches(entity: ${noun}, { status, owner, minimum, tags }: ${noun}Filter): boolean {
  if (status !== undefined && entity.status !== status) return false;
  if (owner !== undefined && entity.owner.id !== owner) return false;
  const total = entity.lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  if (minimum !== undefined && total < minimum) return false;
  return tags === undefined || tags.every((tag) => entity.lines.some((line) => line.tags.includes(tag)));
}
`;

const mapperText = ({ noun }) => `import type { ${noun}, ${noun}Line } from "./types.js";

export interface ${noun}View {
  id: string;
  status: string;
  owner: string;
  total: number;
  lines: { sku: string; amount: number }[];
  createdAt: string;
  labels: Record<string, string>;
}

export function to${noun}View(entity: ${noun}): ${noun}View {
  const { id, status, owner, lines, createdAt, metadata } = entity;
  return {
    id,
    status: status.toUpperCase(),
    owner: owner.email === undefined ? owner.name : \`\${owner.name} <\${owner.email}>\`,
    total: lines.map(amountOf).reduce((sum, each) => sum + each, 0),
    lines: lines.map((line) => ({ sku: line.sku, amount: amountOf(line) })),
    createdAt: createdAt.toISOString(),
    labels: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)])),
  };
}

export function group${noun}Lines(lines: readonly ${noun}Line[]): Map<string, ${noun}Line[]> {
  const groups = new Map<string, ${noun}Line[]>();
  for (const line of lines) {
    for (const tag of line.tags) {
      const group = groups.get(tag) ?? [];
      group.push(line);
      groups.set(tag, group);
    }
  }
  return groups;
}

function amountOf({ price, quantity }: ${noun}Line): number {
  return Math.round(price * quantity * 100) / 100;
}
`;

const validationText = ({ noun, index }) => (index % 10 === 0 ? schemaValidationText(noun) : plainValidationText(noun));

const schemaValidationText = (noun) => `import { z } from "zod";
import type { ${noun}Draft } from "./types.js";

const Line = z.object({ sku: z.string(), quantity: z.number(), price: z.number(), tags: z.array(z.string()) });
const Draft = z.object({
  status: z.enum(["draft", "active", "suspended", "closed"]),
  owner: z.object({ id: z.string(), name: z.string() }),
  lines: z.array(Line),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export function parse${noun}Draft(value: unknown): ${noun}Draft {
  return Draft.parse(value);
}
`;

const plainValidationText = (noun) => `import type { ${noun}Draft, ${noun}Line, ${noun}Status } from "./types.js";

const statuses: readonly ${noun}Status[] = ["draft", "active", "suspended", "closed"];

export class Invalid${noun} extends Error {
  constructor(readonly path: readonly (string | number)[], expected: string) {
    super(\`\${path.join(".")}: expected \${expected}\`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStatus(value: unknown): value is ${noun}Status {
  return statuses.some((each) => each === value);
}

function parseLine(value: unknown, index: number): ${noun}Line {
  if (!isRecord(value)) throw new Invalid${noun}(["lines", index], "an object");
  const { sku, quantity, price, tags } = value;
  if (typeof sku !== "string") throw new Invalid${noun}(["lines", index, "sku"], "a string");
  if (typeof quantity !== "number" || typeof price !== "number") throw new Invalid${noun}(["lines", index], "numbers");
  return { sku, quantity, price, tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [] };
}

export function parse${noun}Draft(value: unknown): ${noun}Draft {
  if (!isRecord(value)) throw new Invalid${noun}([], "an object");
  const { status, owner, lines } = value;
  if (!isStatus(status)) throw new Invalid${noun}(["status"], statuses.join(" or "));
  if (!isRecord(owner) || typeof owner["id"] !== "string" || typeof owner["name"] !== "string") {
    throw new Invalid${noun}(["owner"], "an owner");
  }
  return {
    status,
    owner: { id: owner["id"], name: owner["name"] },
    lines: Array.isArray(lines) ? lines.map(parseLine) : [],
    metadata: {},
  };
}
`;

const policyText = ({ noun }) => `import { mayChange, type User } from "../shared/users.js";
import type { ${noun}, ${noun}Status } from "./types.js";

type Transition = readonly [from: ${noun}Status, to: ${noun}Status];

const transitions: readonly Transition[] = [
  ["draft", "active"],
  ["active", "suspended"],
  ["suspended", "active"],
  ["active", "closed"],
];

export function canMove(entity: ${noun}, to: ${noun}Status): boolean {
  return transitions.some(([from, next]) => from === entity.status && next === to);
}

export function canChange(entity: ${noun}, user: User): boolean {
  return entity.owner.id === user.id || mayChange(user, "${noun}");
}

export const limits = {
  lines: { draft: 100, active: 50, suspended: 0, closed: 0 },
  notes: 2_000,
} as const satisfies { lines: Record<${noun}Status, number>; notes: number };

export function isWithinLimits({ lines, status, notes = "" }: ${noun}): boolean {
  return lines.length <= limits.lines[status] && notes.length <= limits.notes;
}
`;

const serviceText = ({ noun }, previous) => `import { failure, map, success, type Result } from "../shared/result.js";
import type { Page } from "../shared/page.js";
import type { User } from "../shared/users.js";
${previous === undefined ? "" : `import type { ${previous.noun} } from "../${previous.folder}/types.js";\n`}import { canChange, canMove, isWithinLimits } from "./policy.js";
import { to${noun}View, type ${noun}View } from "./mapper.js";
import { ${noun}Repository } from "./repository.js";
import type { ${noun}, ${noun}Draft, ${noun}Filter, ${noun}Status } from "./types.js";

export class ${noun}Service {
  constructor(private readonly repository = new ${noun}Repository()) {}

  async list(filter: ${noun}Filter, from: number): Promise<Page<${noun}View>> {
    const page = await this.repository.list(filter, { createdAt: "descending", id: "ascending" }, from);
    return { ...page, items: page.items.map(to${noun}View) };
  }

  async read(id: string): Promise<Result<${noun}>> {
    const found = await this.repository.find(id);
    return found === undefined ? failure(new Error(\`no \${id}\`)) : success(found);
  }

  async create(user: User, draft: ${noun}Draft): Promise<Result<${noun}View>> {
    const created = await this.repository.create({ ...draft, owner: { id: user.id, name: user.name } });
    return isWithinLimits(created) ? success(to${noun}View(created)) : failure(new RangeError("too much"));
  }

  async move(id: string, user: User, to: ${noun}Status): Promise<Result<${noun}View>> {
    const found = await this.read(id);
    if (!found.ok) return found;
    if (!canChange(found.value, user) || !canMove(found.value, to)) return failure(new Error("not allowed"));
    const changed = await this.repository.change(id, { status: to });
    return map(changed === undefined ? failure(new Error("gone")) : success(changed), to${noun}View);
  }

  async totals(): Promise<ReadonlyMap<${noun}Status, number>> {
    const { items } = await this.list({}, 0);
    const pairs = items.map(({ status, total }) => [status.toLowerCase() as ${noun}Status, total] as const);
    return pairs.reduce((sums, [status, total]) => sums.set(status, (sums.get(status) ?? 0) + total), new Map<${noun}Status, number>());
  }
${
  previous === undefined
    ? ""
    : `
  async relatedTo(other: ${previous.noun}): Promise<readonly ${noun}View[]> {
    const { items } = await this.list({ owner: other.owner.id, tags: other.lines.flatMap(({ tags }) => tags) }, 0);
    return items.filter(({ total }) => total >= other.lines.length);
  }
`
}}

export const service = new ${noun}Service();
`;

const handlersText = ({ noun }) => `import type { Request, Response } from "express";
import { group${noun}Lines } from "./mapper.js";
import { service } from "./service.js";
import { parse${noun}Draft } from "./validation.js";

export async function list(req: Request, res: Response): Promise<void> {
  const { status, owner, from = "0" } = req.query as Record<string, string | undefined>;
  const isStatus = status === "draft" || status === "active" || status === "suspended" || status === "closed";
  const page = await service.list({ ...(isStatus ? { status } : {}), ...(owner ? { owner } : {}) }, Number(from));
  res.json(page);
}

export async function read(req: Request<{ id: string }>, res: Response): Promise<void> {
  const found = await service.read(req.params.id);
  if (!found.ok) {
    res.status(404).json({ error: found.error.message });
    return;
  }
  res.json({ ...found.value, groups: Object.fromEntries(group${noun}Lines(found.value.lines)) });
}

export async function create(req: Request, res: Response): Promise<void> {
  const user = { id: "system", name: "system", role: "admin" as const, permissions: [] };
  const created = await service.create(user, parse${noun}Draft(req.body));
  res.status(created.ok ? 201 : 422).json(created.ok ? created.value : { error: created.error.message });
}

export async function totals(_req: Request, res: Response): Promise<void> {
  res.json(Object.fromEntries(await service.totals()));
}
`;

const sessionHandlersText = ({ noun, folder, index }) => `import type { Request, Response } from "express";
import type { User } from "../shared/users.js";
import { group${noun}Lines } from "./mapper.js";
import { service } from "./service.js";
import { parse${noun}Draft } from "./validation.js";
${index % 3 === 0 ? `\ninterface ${noun}Session {\n  user?: User;\n  returnTo?: string;\n}\n` : ""}
export async function list(req: Request, res: Response): Promise<void> {
  const owner = (req.session as any).userId;
  (req.session as any).returnTo = req.originalUrl;
  const page = await service.list({ owner, status: "active" }, Number(req.query["from"] ?? 0));
  res.json(page);
}

export async function read(req: Request<{ id: string }>, res: Response): Promise<void> {
  const found = await service.read(req.params.id);
  if (!found.ok) {
    (req as any).session.notices = [...((req as any).session.notices ?? []), found.error.message];
    res.status(404).json({ error: found.error.message });
    return;
  }
  (req as any).session.lastSeen = { kind: "${folder}", id: found.value.id };
  res.json({ ...found.value, groups: Object.fromEntries(group${noun}Lines(found.value.lines)) });
}

export async function create(req: Request, res: Response): Promise<void> {
${
  index % 3 === 0
    ? `  const session = req.session as unknown as ${noun}Session;
  if (session.user === undefined) {
    session.returnTo = req.originalUrl;
    res.redirect("/sign-in");
    return;
  }
  const created = await service.create(session.user, parse${noun}Draft(req.body));`
    : `  const user: User = (req.session as any).user;
  const created = await service.create(user, parse${noun}Draft(req.body));`
}
  if (created.ok) (req.session as any).basket = created.value.lines;
  res.status(created.ok ? 201 : 422).json(created.ok ? created.value : { error: created.error.message });
}

export async function totals(req: Request, res: Response): Promise<void> {
  const visits: number = (req.session as any).visits || 0;
  const locale = ((req.session as any).locale || "en").toUpperCase();
  res.json({ ...Object.fromEntries(await service.totals()), visits, locale });
}
`;

const routerText = ({ noun }) => `import { Router } from "express";
import { create, list, read, totals } from "./handlers.js";

export const ${noun}Router = Router();

${noun}Router.get("/", list);
${noun}Router.get("/totals", totals);
${noun}Router.get("/:id", read);
${noun}Router.post("/", create);
${noun}Router.use((req, res) => {
  res.status(404).json({ path: req.path, method: req.method });
});
`;
