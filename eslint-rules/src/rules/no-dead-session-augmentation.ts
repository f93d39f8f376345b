import { relative } from "node:path";
import { ESLintUtils, type ParserServicesWithTypeInformation, type TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { describeInterface, homeOfKeys, isNeverRead } from "typed-session-sites";
import { createRule } from "../create-rule.js";
import { findSessionInterfaces, type SessionInterface } from "../session-interfaces.js";

/** Finds declarations of session keys that reach no session, and keys that are declared twice. */
export const noDeadSessionAugmentation = createRule({
  name: "no-dead-session-augmentation",
  meta: {
    type: "problem",
    docs: { description: "Disallow declarations of session keys that reach no session" },
    schema: [],
    messages: {
      dead: "{{name}} merges with nothing: no session has the keys that are declared here.",
      deadWithHome:
        "{{name}} merges with nothing: no session has the keys that are declared here. They belong in {{home}}.",
      duplicate: "'{{key}}' of {{name}} is declared at {{place}} already. Declare the session's keys in one place.",
    },
  },
  defaultOptions: [],
  create(context) {
    if (!context.sourceCode.text.includes("Session")) return {};
    return {
      Program(program) {
        const interfaces = findSessionInterfaces(program);
        if (interfaces.length === 0) return;
        const types = context.sourceCode.parserServices?.program ? ESLintUtils.getParserServices(context) : undefined;
        const keys = new Map<string, string>();
        for (const each of interfaces) {
          const name = describeInterface(each.scope, each.node.id.name);
          const isDead = types === undefined ? isNeverRead(each.scope) : mergesWithNothing(types, each.node);
          if (isDead) {
            const home = homeOfKeys(each.scope);
            const found = home === undefined ? { messageId: "dead" as const } : { messageId: "deadWithHome" as const };
            context.report({ node: each.node.id, ...found, data: { name, home } });
            continue;
          }
          for (const [key, member] of keysOf(each)) {
            const here = `${name} ${key}`;
            const place = keys.get(here) ?? earlierDeclaration(types, member, context.cwd);
            keys.set(here, `${relative(context.cwd, context.filename)}:${member.loc.start.line}`);
            if (place !== undefined)
              context.report({ node: member, messageId: "duplicate", data: { key, name, place } });
          }
        }
      },
    };
  },
});

/** An interface of the application alone; what a library declares makes it part of the session's type. */
function mergesWithNothing(
  { program, getSymbolAtLocation }: ParserServicesWithTypeInformation,
  { id }: TSESTree.TSInterfaceDeclaration,
): boolean {
  const declarations = getSymbolAtLocation(id)?.declarations ?? [];
  return declarations.every((each) => isOwn(program, each));
}

function isOwn(program: ts.Program, declaration: ts.Declaration): boolean {
  const file = declaration.getSourceFile();
  return !program.isSourceFileFromExternalLibrary(file) && !file.fileName.includes("/node_modules/");
}

function keysOf({ node }: SessionInterface): [string, TSESTree.TSPropertySignature][] {
  return node.body.body.flatMap((member): [string, TSESTree.TSPropertySignature][] => {
    if (member.type !== "TSPropertySignature" || member.computed) return [];
    return [[member.key.type === "Identifier" ? member.key.name : String(Reflect.get(member.key, "value")), member]];
  });
}

/** Where another file declares the key too. Of two files, the one that comes first in the program is not to blame. */
function earlierDeclaration(
  types: ParserServicesWithTypeInformation | undefined,
  member: TSESTree.TSPropertySignature,
  cwd: string,
): string | undefined {
  const first = types?.getSymbolAtLocation(member.key)?.declarations?.[0];
  if (types === undefined || first === undefined || !isOwn(types.program, first)) return undefined;
  if (first === types.esTreeNodeToTSNodeMap.get(member)) return undefined;
  const file = first.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(first.getStart()).line + 1;
  return `${relative(cwd, file.fileName)}:${line}`;
}
