import type { Climb, Outcome } from "../climb/climb-down.js";
import { beginsAsItIs, type Proposal } from "../climb/proposal.js";
import { atOriginal, keyOfPlace, type Place } from "../places.js";

/**
 * Finds the proposals that gain nothing, with the reason: what a cast hid was no better than `any`; a variable that a cast
 * gave a type has none without it; all that is read through a variable needs a cast in its turn. Where the key alone is
 * `any`, the session's type says so, and is the place to mend it.
 *
 * @param before - the places of the application as it was
 * @param after - its places with what the climb changed
 */
export function findVain(
  before: readonly Place[],
  after: readonly Place[],
  climb: Climb,
): ReadonlyMap<Proposal, string> {
  const wasTyped = new Set(before.filter(({ untyped }) => untyped === undefined).map(keyOfPlace));
  const nowUntyped = new Set(
    after
      .filter(({ untyped, isKeyAny }) => untyped !== undefined && !isKeyAny)
      .map((each) => keyOfPlace(atOriginal(each, climb.edits))),
  );
  const lost = climb.outcomes
    .filter(
      ({ proposal, rung }) => proposal.kind !== "declaration" && rung !== 4 && nowUntyped.has(keyOfPlace(proposal)),
    )
    .flatMap(({ proposal }) => {
      if (!beginsAsItIs(proposal)) return [proposal];
      const { dependsOn } = proposal;
      return dependsOn?.kind === "site" && !beginsAsItIs(dependsOn) && wasTyped.has(keyOfPlace(proposal))
        ? [dependsOn]
        : [];
    });
  return new Map([
    ...lost.map((each) => [each, "without the cast, nothing would be known of it"] as const),
    ...madeWorse(climb).map((each) => [each, "all that is read through it would need a cast in its turn"] as const),
  ]);
}

/** The variables without a cast whose every use has one instead. */
function madeWorse({ outcomes }: Climb): Proposal[] {
  const isCast = ({ rung, isChanged }: Outcome) => rung === 4 && isChanged;
  return outcomes
    .filter(({ proposal, rung }) => proposal.kind === "site" && rung !== 4 && !beginsAsItIs(proposal))
    .flatMap(({ proposal }) => {
      const uses = outcomes.filter((each) => each.proposal.dependsOn === proposal);
      return uses.length > 0 && uses.every(isCast) ? [proposal] : [];
    });
}
