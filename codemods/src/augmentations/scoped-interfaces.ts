import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import { bodyOf } from "./blocks.js";

/** An interface, and the module or namespace that it is declared in. */
export interface ScopedInterface {
  readonly node: ts.InterfaceDeclaration;
  /** A module in quotes, `"express"`, or a namespace, `Express`; empty outside of both. */
  readonly scope: string;
}

/** Finds the interfaces of a file, those in blocks of any depth included. */
export function scopedInterfaces(compiler: Compiler, file: ts.SourceFile): ScopedInterface[] {
  return interfacesIn(file.statements, "");

  function interfacesIn(statements: readonly ts.Statement[], scope: string): ScopedInterface[] {
    return statements.flatMap((statement) => {
      if (compiler.isInterfaceDeclaration(statement)) return [{ node: statement, scope }];
      if (!compiler.isModuleDeclaration(statement)) return [];
      return interfacesIn(bodyOf(compiler, statement), scopeOf(compiler, statement, scope));
    });
  }
}

/** `declare global` adds nothing to the scope. */
function scopeOf(compiler: Compiler, { name, flags }: ts.ModuleDeclaration, scope: string): string {
  if (flags & compiler.NodeFlags.GlobalAugmentation) return scope;
  return compiler.isStringLiteral(name) ? JSON.stringify(name.text) : name.text;
}
