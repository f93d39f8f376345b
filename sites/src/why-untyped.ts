import type ts from "typescript";
import { onOneLine } from "./on-one-line.js";
import type { SiteForm } from "./site.js";

/** A place in source code, for people. */
export interface Place {
  readonly fileName: string;
  /** 1-based. */
  readonly line: number;
}

/** Why the compiler knows nothing of what is read from, or written to, a session. */
export type Untyped =
  /** `req: any`, a parameter without a type, or a type that the compiler can't resolve. */
  | {
      readonly cause: "request-any";
      readonly request: string;
      /** The type as written at the declaration; `undefined` where none is. */
      readonly written: string | undefined;
      readonly at: Place | undefined;
    }
  /** The request's type has no session at all, such as Express's own without the types of the session library. */
  | { readonly cause: "no-session"; readonly request: string }
  /** The request's type declares `session: any`. */
  | { readonly cause: "session-any"; readonly at: Place | undefined }
  /** The session's type takes any key, as that of `@types/express-session` before 1.17 does. */
  | { readonly cause: "index-signature"; readonly at: Place | undefined }
  | { readonly cause: "key-any"; readonly key: string; readonly at: Place | undefined }
  /** No declaration that reaches the session has the key. `dead` is one that does not reach it. */
  | { readonly cause: "unknown-key"; readonly key: string; readonly dead: Place | undefined };

/** The compiler's nodes of a site. */
export interface SiteNodes {
  readonly request: ts.Node;
  readonly session: ts.Node;
  /** How the session is reached. Default `access`. */
  readonly form?: SiteForm;
  /** The key asked of the session, where it is written out. */
  readonly key: string | undefined;
  /** Whether to look beneath casts: at what the request's type declares, not at what the session's expression has become. */
  readonly beneath?: boolean;
}

// These numbers are the same in every version of the compiler, unlike most. Without them, a linter would have to load the compiler
// module for the sake of three constants.
const anyFlag = 1; // ts.TypeFlags.Any
const stringIndex = 0; // ts.IndexKind.String
const namespaceFlag = 1920; // ts.SymbolFlags.Namespace

/**
 * Says why the access of a session has no type; `undefined` where it has one.
 *
 * @example
 * const untyped = whyUntyped(checker, { request, session, key: "userId" });
 * if (untyped) console.log(describeUntyped(untyped, (path) => relative(process.cwd(), path)));
 */
export function whyUntyped(checker: ts.TypeChecker, site: SiteNodes): Untyped | undefined {
  const { session, form, beneath = false } = site;
  if (form === "held") return whySessionIsUntyped(checker, site, sessionAt(checker, session));
  if (form === "opened") return whyOpenedIsUntyped(checker, site);
  const request = form === "destructured" ? destructuredRequest(site) : site.request;
  const requestType = checker.getTypeAtLocation(request);
  if (isAny(requestType)) return requestAny(checker, request);
  const member = checker.getPropertyOfType(checker.getApparentType(checker.getNonNullableType(requestType)), "session");
  if (!member) return { cause: "no-session", request: onOneLine(request.getText()) };

  // A nested pattern has no type of its own to ask for, and a default would mix with the session's.
  if (form !== "destructured" && !beneath) return whySessionIsUntyped(checker, site, sessionAt(checker, session));
  const type = checker.getTypeOfSymbolAtLocation(member, session);
  return whySessionIsUntyped(checker, site, { type, declaration: () => member.declarations?.[0] });
}

/** What `getIronSession<any>()` opens is what the call says it is. Where it is not awaited, the type argument alone tells. */
function whyOpenedIsUntyped(checker: ts.TypeChecker, site: SiteNodes): Untyped | undefined {
  const { request, session } = site;
  const given: unknown = Reflect.get(request, "typeArguments");
  const node: unknown = session === request ? Array.isArray(given) && given[0] : session;
  if (!isNode(node)) return undefined;
  return whySessionIsUntyped(checker, site, { type: checker.getTypeAtLocation(node), declaration: () => request });
}

/** What is known of a session, once it is known to be one. */
interface TypedSession {
  readonly type: ts.Type;
  readonly declaration: () => ts.Node | undefined;
}

function sessionAt(checker: ts.TypeChecker, node: ts.Node): TypedSession {
  return { type: checker.getTypeAtLocation(node), declaration: () => declarationAt(checker, node) };
}

function whySessionIsUntyped(
  checker: ts.TypeChecker,
  site: SiteNodes,
  { type, declaration }: TypedSession,
): Untyped | undefined {
  const { session } = site;
  const present = checker.getNonNullableType(type);
  if (isAny(present)) return { cause: "session-any", at: placeOf(declaration()) };
  const key = site.key ?? constantKey(checker, site);
  return key === undefined ? undefined : whyKeyIsUntyped(checker, session, present, key);
}

/** The key that a constant holds: `session[flashKey]`. */
function constantKey(checker: ts.TypeChecker, { session, form }: SiteNodes): string | undefined {
  if (form === "destructured") return undefined;
  const access = accessOf(session);
  const key: unknown = access && Reflect.get(access, "argumentExpression");
  const type = isNode(key) ? checker.getTypeAtLocation(key) : undefined;
  return type?.isStringLiteral() ? type.value : undefined;
}

/** What is asked of a session, past the parentheses, casts and `!` around it. */
function accessOf(session: ts.Node): ts.Node | undefined {
  const { parent } = session;
  if (Reflect.get(parent, "expression") !== session) return undefined;
  const isAround = !["name", "argumentExpression", "arguments"].some((each) => Reflect.has(parent, each));
  return isAround ? accessOf(parent) : parent;
}

function whyKeyIsUntyped(checker: ts.TypeChecker, session: ts.Node, type: ts.Type, key: string): Untyped | undefined {
  const property = checker.getPropertyOfType(type, key);
  if (property) {
    const isUntyped = isAny(checker.getTypeOfSymbolAtLocation(property, session));
    return isUntyped ? { cause: "key-any", key, at: placeOf(property.declarations?.[0]) } : undefined;
  }
  const index = checker.getIndexInfoOfType(type, stringIndex);
  if (index) return isAny(index.type) ? { cause: "index-signature", at: placeOf(index.declaration) } : undefined;
  return { cause: "unknown-key", key, dead: placeOf(deadDeclarationOf(checker, session, key)) };
}

/** Where a destructured session gets its type from: the pattern, if it is annotated, else what is destructured. */
function destructuredRequest({ session, request }: SiteNodes): ts.Node {
  const pattern = session.parent;
  return writtenType(pattern.parent) === undefined ? request : pattern;
}

/** Puts the reason in words. All tools use these. */
export function describeUntyped(untyped: Untyped, shorten: (path: string) => string): string {
  const at = (place: Place | undefined) => (place ? ` at ${shorten(place.fileName)}:${place.line}` : "");
  switch (untyped.cause) {
    case "request-any":
      return `${describeRequest(untyped)}${at(untyped.at)}`;
    case "no-session":
      return `the type of '${untyped.request}' has no session; the types of the session library may be missing`;
    case "session-any":
      return `the session is declared any${at(untyped.at)}`;
    case "index-signature":
      return `the session's type takes any key, by the index signature${at(untyped.at)}`;
    case "key-any":
      return `'${untyped.key}' is declared any${at(untyped.at)}`;
    case "unknown-key":
      return untyped.dead
        ? `'${untyped.key}' is declared in Express.SessionData${at(untyped.dead)}, which merges with nothing`
        : `the session's type does not declare '${untyped.key}'`;
  }
}

function describeRequest({ request, written }: Extract<Untyped, { cause: "request-any" }>): string {
  if (written === undefined) return `'${request}' has no type`;
  if (written === "any") return `'${request}' is declared any`;
  return `'${request}' is any, since the compiler can't resolve '${written}'`;
}

function isAny({ flags }: ts.Type): boolean {
  return (flags & anyFlag) !== 0;
}

function requestAny(checker: ts.TypeChecker, request: ts.Node): Untyped {
  const declaration = declarationAt(checker, request);
  const written = declaration && writtenType(declaration);
  return { cause: "request-any", request: onOneLine(request.getText()), written, at: placeOf(declaration) };
}

/** The type annotation's text. The compiler module, which could tell the kinds of declarations apart, is not at hand. */
function writtenType(declaration: ts.Node): string | undefined {
  const type: unknown = Reflect.get(declaration, "type");
  return isNode(type) ? type.getText() : undefined;
}

function declarationAt(checker: ts.TypeChecker, node: ts.Node): ts.Node | undefined {
  // A pattern's own declaration is what it is the name of.
  if (Reflect.get(node.parent, "name") === node && Reflect.has(node, "elements")) return node.parent;
  const name: unknown = Reflect.get(node, "name") ?? Reflect.get(node, "argumentExpression");
  return checker.getSymbolAtLocation(isNode(name) ? name : node)?.declarations?.[0];
}

function isNode(value: unknown): value is ts.Node {
  return typeof value === "object" && value !== null && "kind" in value && "getText" in value;
}

/** A declaration of the key in `namespace Express { interface SessionData }`, where it reaches no session. */
function deadDeclarationOf(checker: ts.TypeChecker, node: ts.Node, key: string): ts.Declaration | undefined {
  const express = checker.getSymbolsInScope(node, namespaceFlag).find(({ name }) => name === "Express");
  if (!express) return undefined;
  const sessionData = checker.getExportsOfModule(express).find(({ name }) => name === "SessionData");
  if (!sessionData) return undefined;
  return checker.getPropertyOfType(checker.getDeclaredTypeOfSymbol(sessionData), key)?.declarations?.[0];
}

function placeOf(node: ts.Node | undefined): Place | undefined {
  if (!node) return undefined;
  const sourceFile = node.getSourceFile();
  return { fileName: sourceFile.fileName, line: sourceFile.getLineAndCharacterOfPosition(node.getStart()).line + 1 };
}
