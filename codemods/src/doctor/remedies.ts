import type { Untyped } from "typed-session-sites";
import type { Host } from "./find-hosts.js";

/** A kind of finding: what is wrong, and what to do about it. */
export interface Remedy {
  readonly reason: string;
  readonly fix: string;
}

const declareKeys =
  'Declare the keys in `declare module "express-session" { interface SessionData { … } }`, in a file that the tsconfig compiles.';

export const castRemedy: Remedy = {
  reason: "a cast or a comment hides the session's type",
  fix: "Give the session a type, then take the casts out: typed-session-codemod transform remove-session-casts.",
};

export const deadDeclarationRemedy: Remedy = { reason: "Express.SessionData merges with nothing", fix: declareKeys };

/** What to do about a session that no cast hides and that has no type all the same. */
export function remedyFor(untyped: Untyped, hosts: readonly Host[]): Remedy {
  switch (untyped.cause) {
    case "request-any":
      return requestRemedy(untyped.written);
    case "no-session":
      return { reason: "the request's type has no session", fix: installTypes(hosts) };
    case "session-any":
      return {
        reason: "the session is declared any",
        fix: "Take that declaration out, or give it the session's type.",
      };
    case "index-signature":
      return {
        reason: "the session's type takes any key",
        fix: "Take the index signature out. If it is that of @types/express-session, update it to 1.17 or newer.",
      };
    case "key-any":
      return { reason: "a key is declared any", fix: "Give the key a type." };
    case "unknown-key":
      return untyped.dead
        ? { reason: "a key is declared where it merges with nothing", fix: declareKeys }
        : { reason: "a key is not declared", fix: "Declare it where the session's other keys are declared." };
  }
}

function requestRemedy(written: string | undefined): Remedy {
  const fix = "Declare it as the framework's Request.";
  if (written === undefined) return { reason: "the request has no type", fix };
  if (written === "any") return { reason: "the request is declared any", fix };
  return {
    reason: "the compiler can't resolve the request's type",
    fix: "Install the package that declares it, or its @types.",
  };
}

function installTypes(hosts: readonly Host[]): string {
  const missing = hosts.flatMap(({ types }) => (types && types.version === undefined ? [types.name] : []));
  return missing.length === 0
    ? "See that the tsconfig takes in the types of the session library (types, typeRoots)."
    : `npm install --save-dev ${missing.join(" ")}`;
}
