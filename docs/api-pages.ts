import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  Application,
  Logger,
  LogLevel,
  type DocumentationEntryPoint,
  type ProjectReflection,
  type TypeDocOptions,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What users import, by the name that they import it by, and the source that it is built from. */
export type Entries = Readonly<Record<string, string>>;

/** A published package: the program that it is built by, and its entries. */
export interface PublishedPackage {
  readonly tsconfig: string;
  readonly entries: Entries;
}

/** What pages name without saying more of it: shorthands and constraints that nobody needs to write down. */
const withoutPage: Readonly<Record<string, readonly string[]>> = {
  "typed-session": [
    "src/adapters/express-guard.ts:AnyParams",
    "src/adapters/express-guard.ts:AnyQuery",
    "src/adapters/express-guard.ts:GuardedHandler",
    "src/adapters/fastify-handler.ts:HandlerOf",
    "src/adapters/fastify.ts:AnyServer",
    "src/adapters/fastify.ts:DefaultServer",
    "src/adapters/fastify.ts:RawRequestOf",
    "src/adapters/koa.ts:WithoutSession",
    "src/adapters/nest.ts:ParameterOf",
    "src/hosts/cookie-session.ts:GuardedRequest",
    "src/hosts/fastify-guard.ts:AnyServer",
    "src/hosts/fastify-guard.ts:DefaultServer",
    "src/hosts/fastify-guard.ts:RawRequestOf",
    "src/hosts/koa-session.ts:ContextWith",
    "src/snapshot.ts:Snapshot",
    "src/types.ts:SessionOfSchema",
  ],
  "eslint-plugin-typed-session": [],
  // What a type is reduced to: read by the codemod itself.
  "typed-session-codemod": ["src/shape/shape.ts:Shape"],
};

/** Members of types that are written in place: what they stand in says what they are. */
const explainedAround = [
  "typed-session.Checked.__type.ok",
  "typed-session.DefaultSession.__type.session",
  "typed-session.FileStore.capabilities.__type.compareAndSet",
  "typed-session.FileStore.capabilities.__type.groups",
  "typed-session.MemoryStore.capabilities.__type.compareAndSet",
  "typed-session.MemoryStore.capabilities.__type.groups",
  "typed-session.RedisStore.capabilities.__type.compareAndSet",
  "typed-session.RedisStore.capabilities.__type.groups",
  "typed-session.SessionEvent.__type.type",
  "typed-session.SessionMiddleware.handle.__type.headers",
  "typed-session.SessionMiddleware.handle.__type.result",
  "typed-session/hono.Context.__type.Variables",
  "typed-session/hono.requireSession.__type.Variables",
  "typed-session/hono.sessions.__type.Variables",
  "typed-session/v3.RegisteredSession.__type.session",
];

const options: TypeDocOptions & PluginOptions = {
  plugin: ["typedoc-plugin-markdown"],
  name: "The public API",
  readme: "none",
  entryPoints: [],
  router: "module",
  // As the exports maps have them.
  sortEntryPoints: false,
  sort: ["source-order"],
  indexFormat: "table",
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  // Line numbers would change pages that say the same.
  disableSources: true,
  disableGit: true,
  githubPages: false,
  intentionallyNotDocumented: explainedAround,
  packagesRequiringDocumentation: Object.keys(withoutPage),
  requiredToBeDocumented: ["Class", "Interface", "TypeAlias", "Function", "Variable", "Method", "Property", "Accessor"],
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true, rewrittenLink: true },
  logLevel: "Warn",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  expandParameters: true,
  blockTagsPreserveOrder: ["@throws", "@example"],
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  parametersFormat: "table",
  typeDeclarationFormat: "table",
  propertyMembersFormat: "table",
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideModifiers: true, hideSources: true },
};

/** The packages, with the entries that their `exports` name. */
export function publishedPackages(): PublishedPackage[] {
  return [
    { tsconfig: "tsconfig.esm.json", entries: entriesOf("") },
    { tsconfig: "eslint-rules/tsconfig.build.json", entries: entriesOf("eslint-rules") },
    { tsconfig: "codemods/tsconfig.build.json", entries: entriesOf("codemods") },
  ];
}

function entriesOf(folder: string): Entries {
  const { name, exports }: { name: string; exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join(root, folder, "package.json"), "utf8"),
  );
  const declared = Object.entries(exports).flatMap(([entry, conditions]) => {
    const [, declarations] = /"types":"\.\/dist\/(?:esm\/)?([^"]+)\.d\.ts"/.exec(JSON.stringify(conditions)) ?? [];
    return declarations === undefined ? [] : [[name + entry.slice(1), join(folder, "src", declarations)] as const];
  });
  return Object.fromEntries(declared.flatMap(([entry, source]) => expand(entry, source)));
}

/** A pattern of `exports` stands for each file that it matches. */
function expand(entry: string, source: string): [entry: string, source: string][] {
  if (!source.includes("*")) return [[entry, `${source}.ts`]];
  return readdirSync(join(root, source, ".."))
    .filter((file) => /^[a-z\d-]+\.ts$/.test(file))
    .map((file) => [entry.replace("*", file.replace(/\.ts$/, "")), join(source, "..", file)]);
}

/** A program of a package, made as its build makes it. */
export function createPackageProgram({ tsconfig }: PublishedPackage): ts.Program {
  const path = join(root, tsconfig);
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, join(path, ".."));
  return ts.createProgram(parsed.fileNames, parsed.options);
}

/** What TypeDoc makes of the sources, and what it has to complain about. */
export interface ReadApi {
  readonly app: Application;
  readonly project: ProjectReflection;
  readonly warnings: readonly string[];
}

/** Reads the public API of the three packages from their sources: a module for each entry. */
export async function readApi(): Promise<ReadApi> {
  const app = await Application.bootstrapWithPlugins(options, []);
  const warnings = new Set<string>();
  app.logger = Object.assign(new Logger(), {
    log: (message: string, level: LogLevel) => void (level >= LogLevel.Warn && warnings.add(message)),
  });
  const project = app.converter.convert(publishedPackages().flatMap(entryPointsOf));
  for (const [name, internal] of Object.entries(withoutPage)) {
    // TypeDoc asks of one package only whether all that its pages refer to is exported.
    project.packageName = name;
    app.options.setValue("intentionallyNotExported", internal);
    app.validate(project);
  }
  return { app, project, warnings: [...warnings] };
}

function entryPointsOf(published: PublishedPackage): DocumentationEntryPoint[] {
  const program = createPackageProgram(published);
  return Object.entries(published.entries).map(([displayName, source]) => {
    const sourceFile = program.getSourceFile(join(root, source));
    if (sourceFile === undefined) throw new Error(`${source} is no file of ${published.tsconfig}.`);
    return { displayName, program, sourceFile };
  });
}

/** Writes a page for each entry, and one that lists them. */
export async function writeApiPages({ app, project }: ReadApi, folder: string): Promise<void> {
  await app.outputs.writeOutput({ name: "markdown", path: folder }, project);
}
