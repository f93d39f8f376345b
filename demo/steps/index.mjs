import { asItIs } from "./as-it-is.mjs";
import { checkAtRunTime } from "./check-at-run-time.mjs";
import { compileAgain } from "./compile-again.mjs";
import { describeSession } from "./describe-session.mjs";
import { lint } from "./lint.mjs";
import { refuseCorrupted } from "./refuse-corrupted.mjs";
import { showTypes } from "./show-types.mjs";
import { upgrade } from "./upgrade.mjs";

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {(stage: import("../stage.mjs").Stage) => Promise<string>} run Does the step and answers what it showed, in
 *   one line. Throws where something is not as it should be.
 */

/** @type {readonly Step[]} */
export const steps = [asItIs, lint, describeSession, upgrade, compileAgain, checkAtRunTime, showTypes, refuseCorrupted];
