import { relative } from "node:path";
import type { ParserServicesWithTypeInformation, TSESTree } from "@typescript-eslint/utils";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import type ts from "typescript";
import { describeInterface, homeOfKeys, isNeverRead } from "typed-session-sites";
import { staticKey } from "../asked-keys.js";
import { createRule, type Rule } from "../create-rule.js";
import { findSessionInterfaces, type SessionInterface } from "../session-interfaces.js";
import { typesOf } from "../types-of.js";
import { variableOf } from "../variables.js";

type Context = Readonly<RuleContext<"dead" | "deadWithHome" | "duplicate", []>>;

/** Finds declarations of session keys that reach no session, and keys that are declared twice. */
export const noDeadSessionAugmentation: Rule<"dead" | "deadWithHome" | "duplicate"> = createRule<
  "dead" | "deadWithHome" | "duplicate"
>({
  name: "no-dead-session-augmentation",
  meta: {
    type: "problem",
    docs: { description: "Disallow declarations of session keys that reach no session", presets: ["recommended"] },
    schema: [],
    messages: {
      dead: "{{name}} merges with nothing: no session has the keys that are declared here.",
      deadWithHome:
        "{{name}} merges with nothing: no session has the keys that are declared here. They belong in {{home}}.",
      duplicate: "'{{key}}' of {{name}} is declared at {{place}} already. Declare the session's keys in one place.",
    },
  },
  defaultOptions: [],
  mentions: /Session/,
  check(context, program) {
    const interfaces = findSessionInterfaces(program);
    const types = interfaces.length === 0 ? undefined : typesOf(context);
    const isDead = ({ scope, node }: SessionInterface) =>
      (types === undefined ? isNeverRead(scope) : mergesWithNothing(types, node)) && !isReferredTo(context, node);
    for (const each of interfaces.filter(isDead)) reportDead(context, each);
    reportDuplicates(
      context,
      types,
      interfaces.filter((each) => !isDead(each)),
    );
  },
});

function reportDead(context: Context, { scope, node: { id } }: SessionInterface): void {
  const name = describeInterface(scope, id.name);
  const home = homeOfKeys(scope);
  if (home === undefined) context.report({ node: id, messageId: "dead", data: { name } });
  else context.report({ node: id, messageId: "deadWithHome", data: { name, home } });
}

function reportDuplicates(
  context: Context,
  types: ParserServicesWithTypeInformation | undefined,
  interfaces: readonly SessionInterface[],
): void {
  const places = new Map<string, string>();
  for (const { scope, node } of interfaces) {
    const name = describeInterface(scope, node.id.name);
    for (const [key, member] of keysOf(node)) {
      const place = places.get(`${name} ${key}`) ?? earlierDeclaration(types, member, context.cwd);
      places.set(`${name} ${key}`, `${relative(context.cwd, context.filename)}:${member.loc.start.line}`);
      if (place !== undefined) context.report({ node: member, messageId: "duplicate", data: { key, name, place } });
    }
  }
}

/** An interface of the application alone; what a library declares makes it part of the session's type. */
function mergesWithNothing(
  { program, getSymbolAtLocation }: ParserServicesWithTypeInformation,
  { id }: TSESTree.TSInterfaceDeclaration,
): boolean {
  const declarations = getSymbolAtLocation(id)?.declarations ?? [];
  return declarations.every((each) => isOwn(program, each));
}

/** The file itself has a use for it as a type, such as that of its own request's session. */
function isReferredTo({ sourceCode }: Context, { id }: TSESTree.TSInterfaceDeclaration): boolean {
  return (variableOf(sourceCode, id)?.references.length ?? 0) > 0;
}

function isOwn(program: ts.Program, declaration: ts.Declaration): boolean {
  const file = declaration.getSourceFile();
  return !program.isSourceFileFromExternalLibrary(file) && !file.fileName.includes("/node_modules/");
}

function keysOf({ body: { body } }: TSESTree.TSInterfaceDeclaration): [string, TSESTree.TSPropertySignature][] {
  return body.flatMap((member): [string, TSESTree.TSPropertySignature][] => {
    const key = member.type === "TSPropertySignature" ? staticKey(member.key, member.computed) : undefined;
    return key === undefined || member.type !== "TSPropertySignature" ? [] : [[key, member]];
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
