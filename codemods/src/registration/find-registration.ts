import type ts from "typescript";
import { findSites, typescriptTree } from "typed-session-sites";
import { isInPackageFile } from "../application/is-in-package.js";
import type { Compiler } from "../application/load.js";
import { bodyOf } from "../augmentations/blocks.js";
import type { TypeReference } from "../imports/type-reference.js";
import { findSessionRequest, type SessionRequest } from "./find-session-request.js";
import type { InterfaceHome, Registration, WrittenSession } from "./registration.js";

interface KnownHome {
  readonly host: string;
  readonly home: InterfaceHome;
  readonly request: TypeReference;
  readonly maybeMissing: boolean;
  /** Another type that the module does not have where this is the place. */
  readonly notBeside?: string;
}

const expressRequest: TypeReference = { name: "Request", from: "express" };
const fastifyRequest: TypeReference = { name: "FastifyRequest", from: "fastify" };

/**
 * Where the libraries read the keys' types, newer versions first. Before 1.17.1, `@types/express-session` read them from
 * the global namespace `Express`; since then, from the module. In 1.17.1 alone, a session may be one without `SessionData`.
 */
const knownHomes: readonly KnownHome[] = [
  { ...inModule("express-session", "express-session", "SessionData", expressRequest), notBeside: "InitializedSession" },
  inModule("express-session", "express-session", "Session", expressRequest),
  { ...inNamespace("express-session", "Express", "SessionData", expressRequest), maybeMissing: true },
  {
    ...inNamespace("cookie-session", "CookieSessionInterfaces", "CookieSessionObject", expressRequest),
    maybeMissing: true,
  },
  inModule("@fastify/secure-session", "@fastify/secure-session", "SessionData", fastifyRequest),
  inModule("@fastify/session", "fastify", "Session", fastifyRequest),
  { ...inModule("koa-session", "koa-session", "Session", { name: "Context", from: "koa" }), maybeMissing: true },
  inModule("iron-session", "iron-session", "IronSessionData", { name: "IncomingMessage", from: "http" }),
];

/** Since 8, iron-session declares no interface for the keys: its session is generic, and requests have none. */
export const ironSession: TypeReference = { name: "IronSession", from: "iron-session" };

/** typed-session's own engine: one interface holds what the whole session is. */
const ownHome: InterfaceHome = { name: "Register", within: { module: "typed-session" } };
const ownRequest: TypeReference = { name: "Request", from: "typed-session" };

/** The libraries whose place for the keys' types is known. */
export const hostNames: readonly string[] = [...new Set(knownHomes.map(({ host }) => host)), "typed-session"];

/** Where the newest version of a library reads the keys' types. */
export function newestHomeOf(host: string): InterfaceHome | undefined {
  return knownHomes.find((each) => each.host === host)?.home;
}

function inModule(host: string, module: string, name: string, request: TypeReference): KnownHome {
  return { host, home: { name, within: { module } }, request, maybeMissing: false };
}

function inNamespace(host: string, namespace: string, name: string, request: TypeReference): KnownHome {
  return { host, home: { name, within: { namespace } }, request, maybeMissing: false };
}

/**
 * Finds where the session library of a program reads its keys' types: by what its types declare, not by their version.
 *
 * @param host - the only library to look for; by default, the first that there is
 */
export function findRegistration(compiler: Compiler, program: ts.Program, host?: string): Registration | undefined {
  const checker = program.getTypeChecker();
  const isWanted = (name: string) => host === undefined || host === name;
  const known = knownHomes.find((each) => isWanted(each.host) && isDeclared(compiler, program, checker, each));
  if (known !== undefined) return { ...known, generic: undefined, write: () => textFor(known.home) };
  const declared = findSessionRequest(compiler, program);
  if (declared !== undefined && isWanted(ironSession.from) && hasPackage(program, ironSession.from)) {
    return registrationAt(declared, ironSession);
  }
  if (isWanted(ironSession.from) && opensSessions(compiler, program)) {
    const none = { home: undefined, generic: undefined, request: undefined, maybeMissing: false };
    return { ...none, host: ironSession.from, write: () => "" };
  }
  const own = { host: ownRequest.from, home: ownHome, request: ownRequest, maybeMissing: false };
  if (isWanted(own.host) && isDeclared(compiler, program, checker, own)) {
    return { ...own, home: undefined, generic: undefined, write: ownText };
  }
  return declared !== undefined && host === undefined ? registrationAt(declared, undefined) : undefined;
}

/** The application declares the session of its requests itself. */
function registrationAt({ request, member }: SessionRequest, type: TypeReference | undefined): Registration {
  const generic = { type, member };
  return {
    host: type?.from,
    home: undefined,
    generic,
    request,
    maybeMissing: member.questionToken !== undefined || /\b(?:null|undefined)\b/.test(member.type?.getText() ?? ""),
    write: () => "",
  };
}

/** Whether the application opens sessions by a call of iron-session. */
function opensSessions(compiler: Compiler, program: ts.Program): boolean {
  if (!hasPackage(program, ironSession.from)) return false;
  const files = program
    .getSourceFiles()
    .filter((file) => !isInPackageFile(file) && file.text.includes(ironSession.from));
  return files.some((file) => findSites(typescriptTree(compiler, file)).some(({ form }) => form === "opened"));
}

/** Whether a program has loaded files of a package, or of the one with its types. */
export function hasPackage(program: ts.Program, name: string): boolean {
  return program.getSourceFiles().some(({ fileName }) => isOfPackage(fileName, name));
}

/** The type that the library reads the keys from, with what the application has added to it. It may be `any`. */
export function typeOfHome(
  compiler: Compiler,
  program: ts.Program,
  { home, generic }: Pick<Registration, "home" | "generic">,
): ts.Type | undefined {
  const checker = program.getTypeChecker();
  if (generic?.member.type !== undefined) return checker.getTypeFromTypeNode(generic.member.type);
  if (home === undefined) return undefined;
  const { name, within } = home;
  const scopes =
    "namespace" in within
      ? [globalNamespace(compiler, checker, program.getSourceFiles()[0], within.namespace)]
      : program
          .getSourceFiles()
          .filter(({ fileName }) => isOfPackage(fileName, within.module))
          .map((file) => checker.getSymbolAtLocation(file));
  const symbols = scopes.flatMap((each) => (each === undefined ? [] : checker.getExportsOfModule(each)));
  const symbol = symbols.find((each) => each.name === name);
  return symbol && checker.getDeclaredTypeOfSymbol(symbol);
}

function isDeclared(
  compiler: Compiler,
  program: ts.Program,
  checker: ts.TypeChecker,
  { host, home, notBeside }: KnownHome,
): boolean {
  const files = program.getSourceFiles().filter(({ fileName }) => isOfPackage(fileName, host));
  if ("namespace" in home.within) {
    const namespace = globalNamespace(compiler, checker, files[0], home.within.namespace);
    const found = namespace && checker.getExportsOfModule(namespace).find(({ name }) => name === home.name);
    return found?.declarations?.some((each) => files.includes(each.getSourceFile())) ?? false;
  }
  const { module } = home.within;
  // The name of a module that brings its own types leads to those: koa-session since 7.
  const own = files.filter(({ fileName }) => fileName.includes(`/node_modules/${host}/`));
  const reached = own.length > 0 ? own : files;
  const declares = (name: string) => reached.some((file) => declaresInModule(compiler, checker, file, module, name));
  return declares(home.name) && (notBeside === undefined || !declares(notBeside));
}

/** `node_modules/express-session`, `node_modules/@types/express-session`, `node_modules/@types/fastify__session`. */
function isOfPackage(fileName: string, name: string): boolean {
  const types = `@types/${name.replace(/^@(.+)\/(.+)$/, "$1__$2")}`;
  return [name, types].some((each) => fileName.includes(`/node_modules/${each}/`));
}

function globalNamespace(
  compiler: Compiler,
  checker: ts.TypeChecker,
  location: ts.Node | undefined,
  name: string,
): ts.Symbol | undefined {
  if (location === undefined) return undefined;
  return checker.getSymbolsInScope(location, compiler.SymbolFlags.Namespace).find((each) => each.name === name);
}

/**
 * The module itself declares it, or a `declare module` for another one in its files does. What stands beside an `export =`
 * without being exported (@fastify/secure-session 8) counts: an augmentation of the module comes before it.
 */
function declaresInModule(
  compiler: Compiler,
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  module: string,
  name: string,
): boolean {
  if (isOfPackage(file.fileName, module)) {
    const symbol = checker.getSymbolAtLocation(file);
    const exported = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
    if (exported.some((each) => each.name === name && isInFile(each, file))) return true;
    if (file.statements.some(isExportEquals) && declaresInterface(compiler, file.statements, name)) return true;
  }
  return file.statements.some(
    (each) =>
      compiler.isModuleDeclaration(each) &&
      each.name.text === module &&
      declaresInterface(compiler, bodyOf(compiler, each), name),
  );

  function isExportEquals(statement: ts.Statement): boolean {
    return compiler.isExportAssignment(statement) && statement.isExportEquals === true;
  }
}

function isInFile({ declarations = [] }: ts.Symbol, file: ts.SourceFile): boolean {
  return declarations.some((each) => each.getSourceFile() === file);
}

function declaresInterface(compiler: Compiler, statements: readonly ts.Statement[], name: string): boolean {
  return statements.some((each) => compiler.isInterfaceDeclaration(each) && each.name.text === name);
}

function textFor({ name, within }: InterfaceHome): string {
  const declaration = `interface ${name} extends AppSession {}`;
  if ("module" in within) return `declare module "${within.module}" {\n  ${declaration}\n}\n`;
  return `declare global {\n  namespace ${within.namespace} {\n    ${declaration}\n  }\n}\n`;
}

function ownText({ hasDefinition }: WrittenSession): string {
  const type = hasDefinition ? "typeof appSession" : 'import("typed-session").SessionDefinition<AppSession>';
  return `declare module "typed-session" {\n  interface Register {\n    session: ${type};\n  }\n}\n`;
}
