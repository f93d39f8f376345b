import type ts from "typescript";
import { describeUntyped, findSites, typescriptTree, whyUntyped, type Site } from "typed-session-sites";
import type { Compiler } from "./application/load.js";
import { excerpt } from "./climb/excerpt.js";
import { outsideParentheses } from "./climb/outside-parentheses.js";
import { findKeyAccesses } from "./evidence/find-key-accesses.js";
import { findIncomingSessions } from "./evidence/find-incoming-sessions.js";
import { isLibraryKey } from "./evidence/library-keys.js";
import { createNameUses } from "./evidence/value-flow.js";

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
}

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
  const sites = files.flatMap((file) => findSites(typescriptTree(compiler, file)));
  const parameters = findIncomingSessions(compiler, checker, uses, files, sites);
  const starts = [
    ...sites.map((site) => ({ node: site.outer, site })),
    ...parameters.flatMap(({ name }) =>
      compiler.isIdentifier(name) ? uses.usesOf(name).map((node) => ({ node, site: undefined })) : [],
    ),
  ];
  const reads = starts.flatMap(({ node, site }) =>
    findKeyAccesses(compiler, checker, uses, node)
      .filter((access) => site === undefined || outsideParentheses(compiler, site.outer).parent !== access.node)
      .filter(({ key, written }) => written === undefined && !isLibraryKey(key))
      .map((access) => access.node),
  );
  const places = [...sites.map(placeOfSite), ...[...new Set(reads)].map(placeOfRead)];
  return places.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.at - b.at));

  function placeOfSite(site: Site<ts.Node>): Place {
    const isHidden = site.disguises.length > 0;
    const why = isHidden ? undefined : whyUntyped(checker, site);
    const untyped = isHidden ? "a cast or a comment hides the type" : why && describeUntyped(why, shorten);
    const expression = site.key === undefined ? site.outer : site.outer.parent;
    return { ...placeAt(site.session, expression), kind: "site", untyped };
  }

  function placeOfRead(node: ts.Node): Place {
    const isAny = (checker.getTypeAtLocation(node).flags & compiler.TypeFlags.Any) !== 0;
    return {
      ...placeAt(node, node),
      kind: "use",
      untyped: isAny ? "what is read through this name is any" : undefined,
    };
  }
}

function placeAt(node: ts.Node, shown: ts.Node): Omit<Place, "kind" | "untyped"> {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return { file: file.fileName, at: node.end, line: line + 1, found: excerpt(shown.getText()) };
}
