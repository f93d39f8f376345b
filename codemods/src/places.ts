import type ts from "typescript";
import { describeUntyped, originalOffset, typescriptTree, whyUntyped, type Edit, type Site } from "typed-session-sites";
import type { Compiler } from "./application/load.js";
import { aliasedSite } from "./climb/aliased-site.js";
import { excerpt } from "./climb/excerpt.js";
import { outsideParentheses } from "./climb/outside-parentheses.js";
import { findKeyAccesses } from "./evidence/find-key-accesses.js";
import { findIncomingSessions } from "./evidence/find-incoming-sessions.js";
import { findReturnedSessions } from "./evidence/find-returned-sessions.js";
import { isLibraryKey } from "./evidence/library-keys.js";
import { createNameUses, usesOfParameter } from "./evidence/value-flow.js";
import { sitesOfFile } from "./sites-of-file.js";

/** A place of the program that touches a session: directly, through a variable, or through a parameter. */
export interface Place {
  readonly file: string;
  /** Where the place ends; it tells the places of a file apart. */
  readonly at: number;
  /** 1-based. */
  readonly line: number;
  readonly kind: "site" | "use";
  readonly found: string;
  /** Why the compiler knows nothing of what is read or written here; `undefined` where it does. */
  readonly untyped: string | undefined;
  /** Whether the session has a type here, which has the key, but as `any`. */
  readonly isKeyAny: boolean;
  readonly from: PlaceOrigin;
}

/** What a place gets its session from, and what it asks of it. */
export interface PlaceOrigin {
  /** Where the session is taken from a request; or the parameter that it comes in by. */
  readonly session: Site<ts.Node> | ts.ParameterDeclaration;
  readonly key: string | undefined;
  /** The application's keys that are asked of the variable which the session is put into here. */
  readonly keysByAlias?: readonly string[];
}

export function isSite(session: PlaceOrigin["session"]): session is Site<ts.Node> {
  return "disguises" in session;
}

/** Tells the places of a program apart. */
export function keyOfPlace({ file, at }: Pick<Place, "file" | "at">): string {
  return `${at} ${file}`;
}

/** Where a place of a changed text was before the edits. */
export function atOriginal(
  { file, at }: Place,
  edits: ReadonlyMap<string, readonly Edit[]>,
): Pick<Place, "file" | "at"> {
  return { file, at: originalOffset(edits.get(file) ?? [], at - 1) + 1 };
}

const hidden = "a cast or a comment hides the type";

/** Lists all places of some files that touch a session, in source order. */
export function listPlaces(
  compiler: Compiler,
  program: ts.Program,
  fileNames: Iterable<string>,
  shorten: (path: string) => string,
): Place[] {
  const checker = program.getTypeChecker();
  const uses = createNameUses(compiler, checker);
  const files = [...fileNames]
    .flatMap((name) => program.getSourceFile(name) ?? [])
    .filter((file) => !file.isDeclarationFile);
  const sites = files.flatMap((file) => sitesOfFile(compiler, checker, file));
  const returned = findReturnedSessions(compiler, checker, uses, files, sites);
  const parameters = findIncomingSessions(compiler, checker, uses, files, sites, [...returned.values()].flat());
  const starts = [
    ...sites.map((site) => ({
      node: site.outer,
      session: site,
      direct: outsideParentheses(compiler, site.outer).parent,
    })),
    ...[...returned].flatMap(([session, nodes]) => nodes.map((node) => ({ node, session, direct: undefined }))),
    ...parameters.flatMap((session) =>
      usesOfParameter(compiler, uses, session).map((node) => ({ node, session, direct: undefined })),
    ),
  ];
  const reads = new Map<ts.Expression, PlaceOrigin>();
  const keysOf = new Map<PlaceOrigin["session"], string[]>();
  for (const { node, session, direct } of starts) {
    const own = findKeyAccesses(compiler, checker, uses, node).filter(
      (access) => access.node !== direct && !isLibraryKey(access.key),
    );
    keysOf.set(session, [...(keysOf.get(session) ?? []), ...own.map(({ key }) => key)]);
    own
      .filter(({ written }) => written === undefined)
      .forEach((access) => reads.set(access.node, { session, key: access.key }));
  }
  const places = [...sites.map(placeOfSite), ...[...reads].map(placeOfRead)];
  return places.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.at - b.at));

  function placeOfSite(site: Site<ts.Node>): Place {
    const isHidden = site.disguises.length > 0;
    const why = isHidden ? undefined : whyUntyped(checker, site);
    const untyped = isHidden ? hidden : why && describeUntyped(why, shorten);
    const expression = site.key === undefined ? site.outer : site.outer.parent;
    const from = { session: site, key: site.key, keysByAlias: keysOf.get(site) ?? [] };
    return { ...placeAt(site.session, expression), kind: "site", untyped, isKeyAny: why?.cause === "key-any", from };
  }

  function placeOfRead([node, from]: [ts.Expression, PlaceOrigin]): Place {
    const place = { ...placeAt(node, node), kind: "use", from } as const;
    const file = node.getSourceFile();
    if (aliasedSite(compiler, typescriptTree(compiler, file), node))
      return { ...place, untyped: hidden, isKeyAny: false };
    const isUntyped = isAny(checker.getTypeAtLocation(node));
    const untyped = isUntyped ? "what is read through this name is any" : undefined;
    return { ...place, untyped, isKeyAny: isUntyped && hasKey(node) };
  }

  function hasKey(node: ts.Expression): boolean {
    if (!compiler.isPropertyAccessExpression(node) && !compiler.isElementAccessExpression(node)) return false;
    const name = compiler.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    return !isAny(checker.getTypeAtLocation(node.expression)) && checker.getSymbolAtLocation(name) !== undefined;
  }

  function isAny({ flags }: ts.Type): boolean {
    return (flags & compiler.TypeFlags.Any) !== 0;
  }
}

function placeAt(node: ts.Node, shown: ts.Node): Omit<Place, "kind" | "untyped" | "isKeyAny" | "from"> {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return { file: file.fileName, at: node.end, line: line + 1, found: excerpt(shown.getText()) };
}
