import type ts from "typescript";
import { describeUntyped, originalOffset, whyUntyped, type Site } from "typed-session-sites";
import type { Climb, Outcome } from "./climb/climb-down.js";
import type { LedgerRow } from "./ledger-row.js";
import { sitesOfFile } from "./sites-of-file.js";
import type { Texts } from "./verify/compile.js";

/** Everything that is to be said of an application's sessions after the climb. */
export function writeLedger(
  compiler: typeof ts,
  originals: Texts,
  climb: Climb,
  shorten: (path: string) => string,
): { readonly rows: readonly LedgerRow[]; readonly sessionsSeen: number } {
  const seen = [...originals.keys()].flatMap((file) => sitesAfter(compiler, climb, file, shorten));
  const reasons = new Map(seen.map((site) => [keyOf(site), site.untyped]));
  const changed = new Set(climb.outcomes.map(({ proposal }) => keyOf(proposal)));
  const rows = [
    ...climb.outcomes.filter(isWorthARow).map((outcome) => toRow(outcome, reasons.get(keyOf(outcome.proposal)))),
    ...seen.filter((site) => site.untyped !== undefined && !changed.has(keyOf(site))).map(leftRow(originals)),
  ];
  const order = (a: LedgerRow, b: LedgerRow) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
  return { rows: rows.sort(order), sessionsSeen: seen.length };
}

/** What is read through an alias is worth a row where it had to change: the alias itself has one anyway. */
function isWorthARow({ proposal, rung }: Outcome): boolean {
  return proposal.kind !== "use" || rung === 2 || rung === 3;
}

interface SeenSite {
  readonly file: string;
  /** Where the access of the session ended in the original text. */
  readonly at: number;
  readonly written: string;
  readonly untyped: string | undefined;
}

function sitesAfter(
  compiler: typeof ts,
  { compilation: { program }, edits }: Climb,
  file: string,
  shorten: (path: string) => string,
): SeenSite[] {
  const sourceFile = program.getSourceFile(file);
  if (sourceFile === undefined || sourceFile.isDeclarationFile) return [];
  const checker = program.getTypeChecker();
  const why = (site: Site<ts.Node>) => (site.disguises.length === 0 ? whyUntyped(checker, site) : undefined);
  return sitesOfFile(compiler, checker, sourceFile).map((site) => {
    const untyped = why(site);
    return {
      file,
      at: originalOffset(edits.get(file) ?? [], site.session.end - 1) + 1,
      written: writtenAt(site),
      untyped: untyped && describeUntyped(untyped, shorten),
    };
  });
}

function writtenAt({ session, key, form }: Site<ts.Node>): string {
  return key === undefined || form === "destructured" ? session.getText() : `${session.getText()}.${key}`;
}

function keyOf({ file, at }: { readonly file: string; readonly at: number }): string {
  return `${at} ${file}`;
}

function toRow({ proposal, rung, reason, isChanged }: Outcome, untyped: string | undefined): LedgerRow {
  const { file, line, kind, found } = proposal;
  return { file, line, kind, found, rung, reason, untyped, isChanged };
}

function leftRow(originals: Texts) {
  return ({ file, at, written, untyped }: SeenSite): LedgerRow => {
    const line = (originals.get(file) ?? "").slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/).length;
    return { file, line, kind: "site", found: written, rung: 4, reason: untyped, untyped, isChanged: false };
  };
}
