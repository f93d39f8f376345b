import { formatTable } from "./table.mjs";

/** What a person reads of a run: tables, goals, and what was skipped. */
export function print({ machine, versions, command, date, benchmarks }) {
  console.log(`${command}, ${date}\n${machine.processor}, ${machine.system}\n${listVersions(versions)}\n`);
  for (const [name, { tables, goals, skipped }] of Object.entries(benchmarks)) {
    for (const { title, rows } of tables) console.log(`${name}: ${title}\n\n${formatTable(rows)}\n`);
    if (goals.length > 0) console.log(`${name}: goals\n\n${formatTable(goals)}\n`);
    for (const each of skipped) console.log(`SKIPPED: ${each}\n`);
  }
}

export function listVersions(versions) {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}
