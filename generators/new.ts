// `npm run new -- <kind> <name>`: the files of a new store, adapter, rule or transform, from templates.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generate } from "./generate.js";
import { GeneratorError } from "./generator-error.js";
import { kinds } from "./kinds.js";

const usage = `npm run new -- <${Object.keys(kinds).join("|")}> <name>`;

function readArguments(): [kind: string, name: string] {
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    const [kind, name, ...others] = positionals;
    if (kind !== undefined && name !== undefined && others.length === 0) return [kind, name];
    throw new GeneratorError(`Give a kind and a name: ${usage}`);
  } catch (error) {
    if (error instanceof GeneratorError || !(error instanceof Error)) throw error;
    throw new GeneratorError(`${error.message}. ${usage}`);
  }
}

try {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const { made, changed, test, steps } = await generate(root, ...readArguments());
  for (const file of made) console.log(`made     ${file}`);
  for (const file of changed) console.log(`changed  ${file}`);
  console.log(`\nIts test says what is still to be written:\n  npx vitest run ${test}\nThen:`);
  for (const step of steps) console.log(`- ${step}`);
} catch (error) {
  if (!(error instanceof GeneratorError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
