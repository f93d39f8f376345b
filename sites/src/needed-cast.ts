import type ts from "typescript";
import type { Site } from "./site.js";

/** What is asked of the compiler, or of a linter's view of it. */
export interface TypesAtNodes<Node> {
  readonly checker: ts.TypeChecker;
  readonly typeAt: (node: Node) => ts.Type;
}

const anyFlag = 1; // ts.TypeFlags.Any, in every version: without loading the compiler

/**
 * The site as the compiler sees it: a cast that gives the request its session hides nothing, and is part of the request. So
 * it is where a socket's request, which has none by its own type, is written as the request that it is.
 *
 * @example
 * // (socket.request as Request).session.userId              has no disguise left
 * // ((socket.request as Request).session as any).userId     has the cast of the session alone
 */
export function withNeededCast<Node>({ checker, typeAt }: TypesAtNodes<Node>, site: Site<Node>): Site<Node> {
  const cast = site.disguises.find(({ kind }) => kind === "request-cast");
  if (cast?.kind !== "request-cast") return site;
  const own = typeAt(site.request);
  if (isAny(own) || hasSession(checker, own) || isAny(typeAt(site.session))) return site;
  return { ...site, request: cast.node, disguises: site.disguises.filter((each) => each !== cast) };
}

function hasSession(checker: ts.TypeChecker, type: ts.Type): boolean {
  const present = checker.getApparentType(checker.getNonNullableType(type));
  return checker.getPropertyOfType(present, "session") !== undefined;
}

function isAny({ flags }: ts.Type): boolean {
  return (flags & anyFlag) !== 0;
}
