import { relative } from "node:path";
import colors from "picocolors";
import type { DiagnosedPlace, Diagnosis, Finding } from "./diagnosis.js";
import type { Host } from "./find-hosts.js";

const shownPlaces = 5;

/** The diagnosis for people. */
export function formatDiagnosis(diagnosis: Diagnosis, directory: string): string {
  const { hosts, declaredAt, sites, typedSites, findings, compiledFiles, compiler } = diagnosis;
  const untyped = sites - typedSites;
  return [
    `Session library: ${hosts.length === 0 ? "none that is known, in package.json" : hosts.map(formatHost).join("; ")}`,
    `The session's type is declared at: ${declaredAt.length === 0 ? "nowhere" : declaredAt.join(", ")}`,
    `${sites === 1 ? "1 place touches" : `${sites} places touch`} a session, in ${compiledFiles} compiled files: ${typedSites} typed, ${untyped} untyped (${compiler})`,
    ...findings.flatMap((finding) => ["", ...formatFinding(finding, directory)]),
    ...(untyped === 0 && sites > 0 && findings.length === 0 ? ["", colors.green("Everything is typed.")] : []),
  ].join("\n");
}

function formatHost({ name, version, types }: Host): string {
  const own = `${name} ${version ?? "(not installed)"}`;
  return types === undefined ? own : `${own}, ${types.name} ${types.version ?? colors.yellow("(not installed)")}`;
}

function formatFinding({ reason, fix, places }: Finding, directory: string): string[] {
  const rest = places.length - shownPlaces;
  return [
    colors.bold(`${places.length}x ${reason}`),
    `  ${colors.green("fix:")} ${fix}`,
    ...places.slice(0, shownPlaces).map((place) => `  ${formatPlace(place, directory)}`),
    ...(rest > 0 ? [`  … and ${rest} more (--json lists all)`] : []),
  ];
}

function formatPlace({ file, line, found, why }: DiagnosedPlace, directory: string): string {
  return `${relative(directory, file)}:${line}  ${found}${why === undefined ? "" : colors.dim(`  (${why})`)}`;
}
