import type ts from "typescript";
import type { Edit } from "typed-session-sites";
import { bundledCompiler } from "../application/bundled-compiler.js";
import type { ChosenVersion, RangeStyle } from "./choose-version.js";

const fields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** Where a `package.json` says which versions of a package it wants. */
export interface WrittenRange {
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

/** The ranges of a package in a `package.json`: one for each list of dependencies that names it. */
export function rangesOf(manifest: string, name: string): WrittenRange[] {
  const { isStringLiteral, parseJsonText } = bundledCompiler();
  const file = parseJsonText("package.json", manifest);
  const [root] = file.statements;
  return fields.flatMap((field) => {
    const dependencies = root && memberOf(root.expression, field);
    const range = dependencies && memberOf(dependencies, name);
    if (range === undefined || !isStringLiteral(range)) return [];
    return [{ written: range.text, start: range.getStart(file) + 1, end: range.end - 1 }];
  });
}

/** How a range is written; `undefined` where it is not one version with a sign, and not any version. */
export function styleOf({ written }: WrittenRange): RangeStyle | undefined {
  if (["", "*", "x", "latest"].includes(written.trim())) return "*";
  const [, sign] = /^\s*(\^|~|>=|)\s*\d+\.\d+\.\d+\s*$/.exec(written) ?? [];
  return sign === "^" || sign === "~" || sign === ">=" || sign === "" ? sign : undefined;
}

/** Moves a range to a version: `^1.17.0` becomes `^1.17.10`. One that takes any version stays as it is written. */
export function moveRange({ written, start, end }: WrittenRange, { version, style }: ChosenVersion): Edit[] {
  const text = `${style}${version}`;
  return style === "*" || text === written ? [] : [{ start, end, text }];
}

function memberOf(node: ts.Expression, name: string): ts.Expression | undefined {
  const { isObjectLiteralExpression, isPropertyAssignment, isStringLiteral } = bundledCompiler();
  if (!isObjectLiteralExpression(node)) return undefined;
  return node.properties
    .filter((each) => isPropertyAssignment(each))
    .find((each) => isStringLiteral(each.name) && each.name.text === name)?.initializer;
}
