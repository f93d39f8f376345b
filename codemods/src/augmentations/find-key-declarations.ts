import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { scopedInterfaces } from "./scoped-interfaces.js";

/** An interface of the application that declares keys of the session, or was meant to. */
export interface KeyDeclaration {
  readonly interface: ts.InterfaceDeclaration;
  /** Such as `Express.SessionData`, or `SessionData of "express-session"`. */
  readonly describedAs: string;
}

/** The names under which session libraries read, or once read, the keys' types, by the scope around the interface. */
const interfaceNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["Express", ["SessionData", "Session"]],
  ["CookieSessionInterfaces", ["CookieSessionObject"]],
  ['"express"', ["SessionData", "Session"]],
  ['"express-serve-static-core"', ["SessionData", "Session"]],
  ['"express-session"', ["SessionData", "Session"]],
  ['"cookie-session"', ["CookieSessionObject", "SessionData"]],
  ['"koa-session"', ["Session"]],
  ['"fastify"', ["Session", "FastifySessionObject"]],
  ['"@fastify/session"', ["Session", "FastifySessionObject", "SessionData"]],
  ['"@fastify/secure-session"', ["SessionData"]],
  ['"iron-session"', ["IronSessionData"]],
]);

/** Finds, in a file, the interfaces that augment what a session library declares, or are meant to. */
export function findKeyDeclarations(compiler: Compiler, file: ts.SourceFile): KeyDeclaration[] {
  if (!/declare|namespace/.test(file.text)) return [];
  return scopedInterfaces(compiler, file)
    .filter(({ node, scope }) => interfaceNames.get(scope)?.includes(node.name.text))
    .map(({ node, scope }) => ({
      interface: node,
      describedAs: scope.startsWith('"') ? `${node.name.text} of ${scope}` : `${scope}.${node.name.text}`,
    }));
}

/** The names of the keys that a declaration lists itself. */
export function declaredNames({ interface: { members } }: KeyDeclaration): string[] {
  return members.flatMap(({ name }) => (name === undefined ? [] : [name.getText().replace(/^["']|["']$/g, "")]));
}
