import ts from "typescript";

/** A name in the three spellings that code has it in. */
export interface Names {
  /** `no-session-cast`: of files, rules and entries. */
  readonly kebab: string;
  /** `noSessionCast`: of functions and variables. */
  readonly camel: string;
  /** `NoSessionCast`: of classes and types. */
  readonly pascal: string;
}

/** The spellings of the name that templates are written with. */
const inTemplates: Names = { kebab: "new-name", camel: "newName", pascal: "NewName" };

/** The spellings of a name in kebab case; `undefined` for one that is not, or whose spellings are words of the language. */
export function namesOf(kebab: string): Names | undefined {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(kebab)) return undefined;
  const pascal = kebab.replace(/(?:^|-)(.)/g, (_match, letter: string) => letter.toUpperCase());
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const isKeyword = ts.identifierToKeywordKind(ts.factory.createIdentifier(camel)) !== undefined;
  return isKeyword ? undefined : { kebab, camel, pascal };
}

/** A template's text, or the path of its file, with a name in the place of the template's. */
export function fillIn(template: string, { kebab, camel, pascal }: Names): string {
  return template
    .replaceAll(inTemplates.kebab, kebab)
    .replaceAll(inTemplates.camel, camel)
    .replaceAll(inTemplates.pascal, pascal);
}
