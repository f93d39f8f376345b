import { relative, resolve } from "node:path";

const pathFields: ReadonlySet<string> = new Set(["file", "path", "tsconfig", "sessionFile"]);
const pathLists: ReadonlySet<string> = new Set(["emitFaults", "emitChangedByDesign"]);
/** What is said of them is worded with paths. Source code stays as it is, to the byte. */
const wordings: ReadonlySet<string> = new Set(["message", "reason", "untyped", "why", "notes"]);

/** Prints a result for programs. All paths are relative to the folder that the command was given, with `/`. */
export function printJson(result: unknown, directory: string): void {
  const root = resolve(directory);
  const shorten = (path: string) => relative(root, path).replaceAll("\\", "/");
  const reword = (text: string) => text.replaceAll(`${root.replaceAll("\\", "/")}/`, "");
  const ofStrings = (value: unknown, change: (text: string) => string): unknown => {
    if (typeof value === "string") return change(value);
    return Array.isArray(value) ? value.map((each) => ofStrings(each, change)) : value;
  };
  const replacer = (field: string, value: unknown) => {
    if (pathFields.has(field) || pathLists.has(field)) return ofStrings(value, shorten);
    return wordings.has(field) ? ofStrings(value, reword) : value;
  };
  console.log(JSON.stringify(result, replacer, 2));
}
