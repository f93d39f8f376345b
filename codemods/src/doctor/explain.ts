import { existsSync } from "node:fs";
import type ts from "typescript";
import { describeUntyped, whyUntyped, type Untyped } from "typed-session-sites";
import { isLibraryKey } from "../evidence/library-keys.js";
import { isSite, type Place } from "../places.js";
import { versionToReach } from "../types-package/oldest-useful.js";
import type { DiagnosedPlace } from "./diagnosis.js";
import type { OwnDeclaration } from "./own-declarations.js";
import * as remedies from "./remedies.js";
import type { Remedy } from "./remedies.js";
import { placeAt, type Surroundings } from "./surroundings.js";

/** Why one place is untyped. */
export interface Explanation {
  readonly remedy: Remedy;
  readonly place: DiagnosedPlace;
  /** What is to blame, where that is a declaration of keys or an error in one. */
  readonly declarations: readonly DiagnosedPlace[];
}

/** Explains an untyped place by what lies beneath its casts: a cast is the reason only where the type is there without it. */
export function explain(
  checker: ts.TypeChecker,
  { file, line, found, kind, untyped, from: { session, key, keysByAlias = [] } }: Place,
  surroundings: Surroundings,
): Explanation | undefined {
  if (untyped === undefined) return undefined;
  const place = { file, line, found };
  if (!isSite(session)) {
    return {
      remedy: remedies.parameterRemedy,
      place: { ...place, why: declaredAs(session, surroundings) },
      declarations: [],
    };
  }
  const isCovered = kind === "use" || session.disguises.length > 0;
  const beneath = (asked: string | undefined) => whyUntyped(checker, { ...session, key: asked, beneath: isCovered });
  const why = beneath(key) ?? firstOf(keysByAlias, beneath);
  if (why === undefined) {
    const remedy = session.disguises.length > 0 ? remedies.castRemedy : remedies.aliasRemedy;
    return { remedy, place, declarations: [] };
  }
  const reason =
    libraryKeyReason(why, key, surroundings) ??
    (session.form === "opened" ? openedReason(why, surroundings) : reasonFor(why, surroundings));
  return { place: { ...place, why: describeUntyped(why, surroundings.shorten) }, ...reason };
}

/** Without the cast, the variable has the session's type: what is asked of it has to be declared there. */
function firstOf(keys: readonly string[], why: (key: string) => Untyped | undefined): Untyped | undefined {
  for (const key of keys) {
    const found = why(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a call opens has the type that the call is given, whatever is declared elsewhere. */
function openedReason(why: Untyped, surroundings: Surroundings): Reason {
  const isGiven = why.cause === "session-any" || why.cause === "index-signature" || why.cause === "unknown-key";
  return isGiven ? { remedy: remedies.openedRemedy(surroundings), declarations: [] } : reasonFor(why, surroundings);
}

function libraryKeyReason(why: Untyped, key: string | undefined, surroundings: Surroundings): Reason | undefined {
  const isUndeclared = why.cause === "index-signature" || why.cause === "unknown-key";
  if (!isUndeclared || key === undefined || !isLibraryKey(key)) return undefined;
  return { remedy: remedies.libraryKeyRemedy(key, surroundings), declarations: [] };
}

type Reason = Pick<Explanation, "remedy" | "declarations">;

function reasonFor(why: Untyped, surroundings: Surroundings): Reason {
  const only = (remedy: Remedy): Reason => ({ remedy, declarations: [] });
  switch (why.cause) {
    case "request-any":
      return only(remedies.requestRemedy(why.written));
    case "no-session":
      return only(remedies.noSessionRemedy(surroundings.home !== undefined, surroundings));
    case "session-any":
      return hiddenAt(why.at, surroundings) ?? only(remedies.sessionAnyRemedy());
    case "key-any":
      return hiddenAt(why.at, surroundings) ?? only(remedies.keyAnyRemedy());
    case "index-signature":
      return only(oldTypes(surroundings) ?? remedies.indexSignatureRemedy(packageAt(why.at), surroundings));
    case "unknown-key":
      return unknownKey(why.key, surroundings);
  }
}

function unknownKey(key: string, surroundings: Surroundings): Reason {
  const declared = surroundings.declarations.filter(({ keys }) => keys.has(key));
  const dead = declared.filter(({ isAlive }) => !isAlive);
  const [first] = dead;
  if (first !== undefined) {
    return { remedy: remedies.deadDeclarationRemedy(first.describedAs, surroundings), declarations: dead.map(placeOf) };
  }
  const old = declared.length > 0 ? oldTypes(surroundings) : undefined;
  if (old !== undefined) return { remedy: old, declarations: [] };
  const unseen = surroundings.unseen.find(({ keys }) => keys.includes(key));
  if (unseen === undefined) return { remedy: remedies.undeclaredKeyRemedy(surroundings), declarations: [] };
  const hasSibling = existsSync(unseen.file.replace(/\.d\.ts$/, ".ts")) && unseen.file.endsWith(".d.ts");
  return { remedy: remedies.unseenRemedy(unseen.file, surroundings, hasSibling), declarations: [unseen] };
}

function oldTypes(surroundings: Surroundings): Remedy | undefined {
  const { types } = surroundings.host ?? {};
  const reach = types && versionToReach(types.name, types.version);
  return reach === undefined ? undefined : remedies.oldTypesRemedy(reach, surroundings);
}

/** What can't be resolved in a declaration file is any, and its error is not shown. */
function hiddenAt(at: { readonly fileName: string } | undefined, surroundings: Surroundings): Reason | undefined {
  const errors = surroundings.hiddenErrors.filter(({ file }) => file === at?.fileName);
  return errors.length === 0 ? undefined : { remedy: remedies.hiddenErrorRemedy(surroundings), declarations: errors };
}

export function placeOf({ interface: { name }, describedAs }: OwnDeclaration): DiagnosedPlace {
  return placeAt(name, describedAs);
}

/** The package that a declaration is of; `undefined` for one of the application. */
function packageAt(at: { readonly fileName: string } | undefined): string | undefined {
  return at && /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(at.fileName)?.[1];
}

function declaredAs(parameter: ts.ParameterDeclaration, { shorten }: Surroundings): string {
  const { file, line } = placeAt(parameter, "");
  return `it comes in by '${parameter.getText().replace(/\s+/g, " ")}' at ${shorten(file)}:${line}`;
}
