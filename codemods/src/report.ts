import { relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import colors from "picocolors";
import type { Rung } from "./climb/rung.js";
import type { LedgerRow } from "./ledger-row.js";
import type { TransformResult } from "./transform-project.js";
import type { FileChange } from "./write/file-change.js";

export const verdicts: Readonly<Record<Rung, string>> = {
  1: colors.green("typed"),
  2: colors.green("typed, with ! on the value"),
  3: colors.yellow("typed, with a cast of the value"),
  4: colors.red("left as it was"),
} as const;

/**
 * The ledger for people: a row for each place, then the totals and the proof.
 *
 * @param directory - what paths are shown from
 *
 * @example
 * ```ts
 * console.log(formatLedger(transformProject({ directory: ".", transforms: ["remove-session-casts"] }), "."));
 * ```
 */
export function formatLedger(result: TransformResult, directory: string): string {
  const { ledger, files, compiledFiles, newErrors, emitChangedByDesign, emitFaults, compiler } = result;
  const name = (path: string) => relative(directory, path);
  const same = compiledFiles - emitChangedByDesign.length - emitFaults.length;
  return [
    ...ledger.map((row) => formatRow(row, directory)),
    ...(ledger.length > 0 ? [""] : []),
    `${count(ledger.length, "place")} in ${count(new Set(ledger.map(({ file }) => file)).size, "file")}: ${countVerdicts(ledger)}`,
    `${count(files.length, "changed file")}; compiled before and after with ${compiler}:`,
    `${newErrors.length} new compiler errors; emitted JavaScript identical in ${same} of ${compiledFiles} files`,
    ...emitChangedByDesign.map((file) => `  changed by design, the call of cast() is gone: ${name(file)}`),
    ...emitFaults.map((file) => colors.red(`  would emit other JavaScript: ${name(file)}`)),
    ...newErrors.map(({ file = "", code, message }) => colors.red(`  ${name(file)}: TS${code}: ${firstLine(message)}`)),
  ].join("\n");
}

export function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}

export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function formatRow(row: LedgerRow, directory: string): string {
  const why = row.untyped ?? (row.rung === 1 ? undefined : row.reason);
  const place = `${relative(directory, row.file)}:${row.line}`;
  return `${place}  ${row.found}  ${verdictOn(row)}${why === undefined ? "" : colors.dim(`  (${firstLine(why)})`)}`;
}

function verdictOn({ kind, rung, untyped }: LedgerRow): string {
  if (kind === "declaration" && rung === 1) return colors.green("removed");
  return untyped === undefined || rung === 4 ? verdicts[rung] : colors.yellow("no cast any more, still untyped");
}

function countVerdicts(ledger: readonly LedgerRow[]): string {
  const rows = (of: (row: LedgerRow) => boolean) => ledger.filter(of).length;
  const typedOn = (on: LedgerRow["rung"]) =>
    rows(({ kind, rung, untyped }) => kind !== "declaration" && rung === on && untyped === undefined);
  const removed = rows(({ kind, rung }) => kind === "declaration" && rung === 1);
  const stillUntyped = rows(({ rung, untyped }) => rung !== 4 && untyped !== undefined);
  return [
    `${typedOn(1)} typed`,
    `${typedOn(2)} with !`,
    `${typedOn(3)} with a cast of the value`,
    `${rows(({ rung }) => rung === 4)} left`,
    ...(stillUntyped === 0 ? [] : [`${stillUntyped} without a cast but untyped`]),
    ...(removed === 0 ? [] : [`${count(removed, "dead declaration")} removed`]),
  ].join(", ");
}

/**
 * The changes as a unified diff that `git apply` and `patch` take.
 *
 * @param directory - what paths are shown from
 *
 * @example
 * ```ts
 * writeFileSync("upgrade.patch", formatDiff(upgradeProject({ directory: "." }).files, "."));
 * ```
 */
export function formatDiff(files: readonly FileChange[], directory: string): string {
  return files
    .map(({ path, before, after }) => {
      const name = relative(directory, path);
      const old = before === undefined ? "/dev/null" : `a/${name}`;
      return createTwoFilesPatch(old, `b/${name}`, before ?? "", after, "", "", { context: 2 }).replace(/^=+\n/, "");
    })
    .join("\n");
}
