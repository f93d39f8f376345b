import type ts from "typescript";
import type { Site } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { findKeyAccesses } from "./find-key-accesses.js";
import { isLibraryKey } from "./library-keys.js";
import { usesOfParameter, type NameUses } from "./value-flow.js";

/** What the keys of a program's sessions are looked up in. */
export interface LackingKeysInput {
  readonly compiler: Compiler;
  readonly checker: ts.TypeChecker;
  readonly uses: NameUses;
  /** The type that the session library reads its keys from; for requests that have no type themselves. */
  readonly home: ts.Type | undefined;
  /** The application's own type for the sessions that it opens: those without a type get it. */
  readonly own: ts.Type | undefined;
}

/** The keys in use that the session would not have, or only as `any`, if no cast hid what its request declares. */
export function findLackingKeys(
  { compiler, checker, uses, home, own }: LackingKeysInput,
  sites: readonly Site<ts.Node>[],
  parameters: readonly ts.ParameterDeclaration[],
  returned: readonly ts.Node[],
): ReadonlySet<string> {
  const starts = [
    ...sites.map((site) => ({ node: site.outer, session: sessionOf(site) ?? home })),
    ...returned.map((node) => ({ node, session: typed(node) ?? home })),
    ...parameters.flatMap((each) =>
      usesOfParameter(compiler, uses, each).map((node) => ({ node, session: typed(each.name) ?? home })),
    ),
  ];
  const lacking = starts.flatMap(({ node, session }) =>
    findKeyAccesses(compiler, checker, uses, node)
      .map(({ key }) => key)
      .filter((key) => !isLibraryKey(key) && !has(session, key, node) && !has(own, key, node)),
  );
  return new Set(lacking);

  function sessionOf({ request, session: opened, form }: Site<ts.Node>): ts.Type | undefined {
    if (form === "opened") return typed(opened);
    const session = checker.getPropertyOfType(
      checker.getNonNullableType(checker.getTypeAtLocation(request)),
      "session",
    );
    return session && notAny(checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(session, request)));
  }

  /** A record of anything is no type for a session. */
  function typed(name: ts.Node): ts.Type | undefined {
    const type = notAny(checker.getNonNullableType(checker.getTypeAtLocation(name)));
    return type !== undefined && checker.getPropertiesOfType(type).length > 0 ? type : undefined;
  }

  function notAny(type: ts.Type): ts.Type | undefined {
    return (type.flags & compiler.TypeFlags.Any) === 0 ? type : undefined;
  }

  function has(session: ts.Type | undefined, key: string, at: ts.Node): boolean {
    const property = session && checker.getPropertyOfType(session, key);
    return property !== undefined && notAny(checker.getTypeOfSymbolAtLocation(property, at)) !== undefined;
  }
}
