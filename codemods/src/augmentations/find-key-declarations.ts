import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { bodyOf } from "./blocks.js";

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
  const found: { node: ts.InterfaceDeclaration; scope: string }[] = [];
  const visit = (statements: readonly ts.Statement[], scope: string): void => {
    for (const statement of statements) {
      if (compiler.isModuleDeclaration(statement))
        visit(bodyOf(compiler, statement), scopeOf(compiler, statement, scope));
      else if (compiler.isInterfaceDeclaration(statement) && interfaceNames.get(scope)?.includes(statement.name.text)) {
        found.push({ node: statement, scope });
      }
    }
  };
  visit(file.statements, "");
  return found.map(({ node, scope }) => ({
    interface: node,
    describedAs: scope.startsWith('"') ? `${node.name.text} of ${scope}` : `${scope}.${node.name.text}`,
  }));
}

/** `declare global` adds nothing to the scope's name, nor does a namespace without a known name. */
function scopeOf(compiler: Compiler, { name, flags }: ts.ModuleDeclaration, scope: string): string {
  if (flags & compiler.NodeFlags.GlobalAugmentation) return scope;
  return compiler.isStringLiteral(name) ? JSON.stringify(name.text) : name.text;
}

/** The names of the keys that a declaration lists itself. */
export function declaredNames({ interface: { members } }: KeyDeclaration): string[] {
  return members.flatMap(({ name }) => (name === undefined ? [] : [name.getText().replace(/^["']|["']$/g, "")]));
}
