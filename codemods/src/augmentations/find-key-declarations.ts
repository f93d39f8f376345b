import type ts from "typescript";
import { describeInterface, isSessionInterface } from "typed-session-sites";
import type { Compiler } from "../application/load.js";
import { scopedInterfaces } from "./scoped-interfaces.js";

/** An interface of the application that declares keys of the session, or was meant to. */
export interface KeyDeclaration {
  readonly interface: ts.InterfaceDeclaration;
  /** Such as `Express.SessionData`, or `SessionData of "express-session"`. */
  readonly describedAs: string;
}

/** Finds, in a file, the interfaces that augment what a session library declares, or are meant to. */
export function findKeyDeclarations(compiler: Compiler, file: ts.SourceFile): KeyDeclaration[] {
  if (!/declare|namespace/.test(file.text)) return [];
  return scopedInterfaces(compiler, file)
    .filter(({ node, scope }) => isSessionInterface(scope, node.name.text))
    .map(({ node, scope }) => ({ interface: node, describedAs: describeInterface(scope, node.name.text) }));
}

/** The names of the keys that a declaration lists itself. */
export function declaredNames({ interface: { members } }: KeyDeclaration): string[] {
  return members.flatMap(({ name }) => (name === undefined ? [] : [name.getText().replace(/^["']|["']$/g, "")]));
}
