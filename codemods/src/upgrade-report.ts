import { relative } from "node:path";
import colors from "picocolors";
import type { LedgerRow } from "./ledger-row.js";
import { count, firstLine, verdicts } from "./report.js";
import type { UpgradedKey, UpgradeResult } from "./upgrade-result.js";

const shownPlaces = 2;
const shownLines = 3;
/** What changes in a declaration is its end, as a rule. */
const longestLine = 140;

/** An upgrade for people: the keys with their evidence, every place that did not end plainly typed, the totals, the proof. */
export function formatUpgrade(result: UpgradeResult, directory: string): string {
  const { ledger, notes } = result;
  const rows = ledger.filter(({ kind, rung }) => kind !== "declaration" && rung !== 1);
  return [
    `Session library: ${result.host ?? "none that declares where its keys' types go"}`,
    ...formatKeys(result, directory),
    ...(rows.length > 0 ? ["", ...rows.map((row) => formatRow(row, directory))] : []),
    "",
    ...formatTotals(result),
    ...formatDeclarations(result.declarationChanges, directory),
    ...result.emitFaults.map((file) => colors.red(`  would emit other JavaScript: ${relative(directory, file)}`)),
    ...notes.map((note) => colors.yellow(`Note: ${note}`)),
    ...result.newErrors.map(({ file = "", code, message }) =>
      colors.red(`  ${relative(directory, file)}: TS${code}: ${firstLine(message)}`),
    ),
  ].join("\n");
}

/** The session's keys, each with its type and the places that say so. */
export function formatKeys(
  { keys, sessionFile, schema, host, ledger, places }: UpgradeResult,
  directory: string,
  most = shownPlaces,
): string[] {
  if (sessionFile === undefined) {
    if (places === 0) return ["No session file is needed: no session is used."];
    if (ledger.every(({ untyped }) => untyped === undefined)) {
      return ["No session file is needed: the keys in use are declared."];
    }
    return [
      host === undefined
        ? "No session file is written: it is not known where the types of the session's keys would go."
        : "No session file is written: there is no key for it to declare.",
    ];
  }
  return [
    `${count(keys.length, "key")} in ${relative(directory, sessionFile)} (${schema === "types" ? "types alone" : schema}):`,
    ...keys.flatMap((key) => formatKey(key, directory, most)),
  ];
}

function formatKey({ key, type, evidence }: UpgradedKey, directory: string, most: number): string[] {
  const order = ["declared", "written", "demanded", "hinted"];
  const telling = [...evidence].sort((a, b) => order.indexOf(a.strength) - order.indexOf(b.strength));
  const rest = telling.length - most;
  return [
    `  ${colors.bold(key)}: ${type}`,
    ...telling
      .slice(0, most)
      .map(({ file, line, found, strength }) =>
        colors.dim(`    ${strength} ${relative(directory, file)}:${line}  ${found}`),
      ),
    ...(rest > 0 ? [colors.dim(`    … and ${count(rest, "more place")}`)] : []),
  ];
}

function formatRow({ file, line, found, rung, reason, isChanged }: LedgerRow, directory: string): string {
  const verdict = rung === 4 && isChanged ? colors.yellow("changed, but still untyped") : verdicts[rung];
  const why = reason === undefined ? "" : colors.dim(`  (${firstLine(reason)})`);
  return `${relative(directory, file)}:${line}  ${found}  ${verdict}${why}`;
}

function formatTotals({
  places,
  untypedBefore,
  ledger,
  files,
  compiledFiles,
  newErrors,
  compiler,
  emitChangedByDesign,
  emitFaults,
}: UpgradeResult): string[] {
  const on = (rung: LedgerRow["rung"]) =>
    ledger.filter((row) => row.kind !== "declaration" && row.rung === rung).length;
  return [
    `${count(places, "place")} that ${places === 1 ? "touches" : "touch"} a session, ${untypedBefore} untyped before. Now: ${on(1)} typed, ${on(2)} with !, ${on(3)} with a cast of the value, ${on(4)} left`,
    `${count(files.length, "changed file")} of ${compiledFiles}; compiled before and after with ${compiler}:`,
    `${newErrors.length} new compiler errors; ${sameness(emitChangedByDesign, emitFaults)}`,
  ];
}

function formatDeclarations(changes: UpgradeResult["declarationChanges"], directory: string): string[] {
  if (changes.length === 0) return [];
  return [
    `The emitted declarations of ${count(changes.length, "file")} change:`,
    ...changes.flatMap(({ file, removed, added }) => [
      `  ${relative(directory, file)}`,
      ...shortened(removed, "-"),
      ...shortened(added, "+"),
    ]),
  ];
}

function shortened(lines: readonly string[], sign: string): string[] {
  const rest = lines.length - shownLines;
  return [
    ...lines.slice(0, shownLines).map((line) => colors.dim(`    ${sign} ${shorten(line)}`)),
    ...(rest > 0 ? [colors.dim(`    ${sign} … and ${count(rest, "more line")}`)] : []),
  ];
}

function shorten(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line;
}

function sameness(changed: readonly string[], faults: readonly string[]): string {
  if (faults.length > 0) return `the emitted JavaScript of ${count(faults.length, "file")} would change`;
  const rest = "the emitted JavaScript is the same";
  return changed.length === 0
    ? rest
    : `but for the calls of cast() that went from ${count(changed.length, "file")}, ${rest}`;
}
