import type { TSESTree } from "@typescript-eslint/utils";
import { isSessionInterface } from "typed-session-sites";

/** An interface that is to declare a session's keys, and the module or namespace around it. */
export interface SessionInterface {
  readonly node: TSESTree.TSInterfaceDeclaration;
  /** A module in quotes, `"express"`, or a namespace, `Express`. */
  readonly scope: string;
}

/** Finds the interfaces of a file that are to declare a session's keys, in blocks of any depth. */
export function findSessionInterfaces({ body }: TSESTree.Program): SessionInterface[] {
  return interfacesIn(body, "").filter(({ node, scope }) => isSessionInterface(scope, node.id.name));
}

function interfacesIn(statements: readonly TSESTree.Statement[], scope: string): SessionInterface[] {
  return statements.flatMap((statement) => {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type === "TSInterfaceDeclaration") return [{ node, scope }];
    if (node?.type !== "TSModuleDeclaration" || node.body === undefined) return [];
    return interfacesIn(node.body.body, scopeOf(node, scope));
  });
}

/** `declare global` adds nothing to the scope. */
function scopeOf({ id, kind }: TSESTree.TSModuleDeclaration, scope: string): string {
  if (kind === "global") return scope;
  return id.type === "Literal" ? JSON.stringify(id.value) : scopeName(id);
}

function scopeName(id: TSESTree.EntityName): string {
  return id.type === "Identifier" ? id.name : "";
}
