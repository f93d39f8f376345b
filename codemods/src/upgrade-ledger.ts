import type { Climb, Outcome } from "./climb/climb-down.js";
import type { LedgerRow } from "./ledger-row.js";
import { atOriginal, keyOfPlace, type Place } from "./places.js";

/** Everything that is to be said of an application's sessions after an upgrade: every place that was untyped, or changed. */
export function writeUpgradeLedger(before: readonly Place[], after: readonly Place[], climb: Climb): LedgerRow[] {
  // A declaration may end where a place does: `const req: any = request.session`.
  const outcomes = outcomesByPlace(climb.outcomes.filter(({ proposal }) => proposal.kind !== "declaration"));
  const stillUntyped = new Map(after.map((place) => [keyOfPlace(atOriginal(place, climb.edits)), place.untyped]));
  const declarations = climb.outcomes.filter(({ proposal }) => proposal.kind === "declaration").map(rowOfDeclaration);
  const places = before.flatMap((place) =>
    rowOf(place, outcomes.get(keyOfPlace(place)), stillUntyped.get(keyOfPlace(place))),
  );
  const order = (a: LedgerRow, b: LedgerRow) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
  return [...declarations, ...places].sort(order);
}

/** What a variable is used for counts at the place where the key is destructured into it: the worst of it. */
function outcomesByPlace(outcomes: readonly Outcome[]): ReadonlyMap<string, Outcome> {
  const byPlace = new Map(outcomes.map((each) => [keyOfPlace(each.proposal), each]));
  for (const outcome of outcomes) {
    const { file, variableAt } = outcome.proposal;
    if (variableAt === undefined) continue;
    const place = keyOfPlace({ file, at: variableAt });
    const known = byPlace.get(place);
    if (known === undefined || known.rung < outcome.rung) byPlace.set(place, outcome);
  }
  return byPlace;
}

function rowOf(place: Place, outcome: Outcome | undefined, untyped: string | undefined): LedgerRow[] {
  const { file, line, kind, found } = place;
  // What was typed and stays as it was, say for what is beside it, has lost nothing.
  const isLeft = place.untyped === undefined && outcome?.isChanged !== true;
  const rung = untyped !== undefined ? 4 : isLeft ? 1 : (outcome?.rung ?? 1);
  const isWorthARow = place.untyped !== undefined || rung !== 1;
  const reason = rung === 1 ? undefined : (outcome?.reason ?? untyped);
  const isChanged = outcome?.isChanged ?? false;
  return isWorthARow ? [{ file, line, kind, found, rung, reason, untyped, isChanged }] : [];
}

function rowOfDeclaration({ proposal, rung, reason, isChanged }: Outcome): LedgerRow {
  const { file, line, kind, found } = proposal;
  return { file, line, kind, found, rung, reason, untyped: undefined, isChanged };
}
