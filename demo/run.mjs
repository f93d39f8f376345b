// The whole path once, on a copy of a real application. `--help` shows the options.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createStage, exampleApp, removeStage } from "./stage.mjs";
import { steps } from "./steps/index.mjs";
import { explain, fail, heading, say, succeed, table, title } from "./terminal.mjs";

const usage = `Usage: npm run demo -- [options]

Takes an Express application with an untyped session to a typed and checked one, in a scratch folder.

  --app <folder>  the application to work on (default: examples/express-v2)
  --keep          leave the scratch folder for a look
  --help          show this text`;

const interruptedExitCode = 130;

/** @param {readonly string[]} args */
function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      app: { type: "string", default: exampleApp },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const app = resolve(values.app);
  if (!existsSync(join(app, "tsconfig.json")))
    throw new Error(`--app: there is no application with a tsconfig.json in ${app}.`);
  return { ...values, app };
}

/**
 * @param {{ app: string, keep: boolean }} options
 * @param {AbortSignal} signal ends the demo early
 */
async function runDemo({ app, keep }, signal) {
  title("typed-session: from `(req.session as any)` to a session that is typed and checked");
  const stage = createStage(app, signal);
  explain(`Everything happens in ${stage.folder}`);
  try {
    const shown = [];
    for (const [index, step] of steps.entries()) {
      heading(index + 1, steps.length, step.title);
      shown.push([`${index + 1}`, step.title, await runStep(step, index + 1, stage)]);
    }
    say();
    title("What was shown");
    table(shown);
  } finally {
    if (keep) explain(`\nThe scratch folder is kept: ${stage.folder}`);
    else removeStage(stage);
  }
}

/**
 * @param {import("./steps/index.mjs").Step} step
 * @param {number} number
 * @param {import("./stage.mjs").Stage} stage
 */
async function runStep(step, number, stage) {
  try {
    stage.signal.throwIfAborted();
    return await step.run(stage);
  } catch (error) {
    stage.signal.throwIfAborted();
    throw new Error(`Step ${number} failed (${step.title}):\n${messageOf(error)}`, { cause: error });
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

async function main() {
  const interruption = new AbortController();
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.once(name, () => interruption.abort(new Error(`Stopped by ${name}.`)));
  }
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) return say(usage);
    await runDemo(options, interruption.signal);
    say();
    succeed("Every step did what it should.");
  } catch (error) {
    fail(`\n${messageOf(error)}`);
    process.exitCode = interruption.signal.aborted ? interruptedExitCode : 1;
  }
}

await main();
