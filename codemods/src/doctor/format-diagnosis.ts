import { relative } from "node:path";
import colors from "picocolors";
import type { DiagnosedPlace, Diagnosis, Finding } from "./diagnosis.js";
import type { Host } from "../registration/find-hosts.js";

const shownPlaces = 5;

/**
 * The diagnosis for people, with colours where the terminal has them.
 *
 * @param directory - what paths are shown from
 *
 * @example
 * ```ts
 * console.log(formatDiagnosis(diagnose({ directory: "." }), "."));
 * ```
 */
export function formatDiagnosis(diagnosis: Diagnosis, directory: string): string {
  const { hosts, keysReadFrom, declaredAt, places, typedPlaces, findings, compiledFiles, compiler } = diagnosis;
  const untyped = places - typedPlaces;
  return [
    `Session library: ${hosts.length === 0 ? "none that is known, in package.json" : hosts.map(formatHost).join("; ")}`,
    ...(keysReadFrom === undefined ? [] : [`It reads the types of the keys from: ${keysReadFrom}`]),
    `The session's type is declared at: ${declaredAt.length === 0 ? "nowhere" : declaredAt.join(", ")}`,
    `${places === 1 ? "1 place touches" : `${places} places touch`} a session, in ${compiledFiles} compiled files: ${typedPlaces} typed, ${untyped} untyped (${compiler})`,
    ...findings.flatMap((finding) => ["", ...formatFinding(finding, directory)]),
    ...(untyped === 0 && places > 0 && findings.length === 0 ? ["", colors.green("Everything is typed.")] : []),
  ].join("\n");
}

function formatHost({ name, version, types }: Host): string {
  const own = `${name} ${version ?? "(not installed)"}`;
  return types === undefined ? own : `${own}, ${types.name} ${types.version ?? colors.yellow("(not installed)")}`;
}

function formatFinding({ reason, fix, places, declarations }: Finding, directory: string): string[] {
  const counted = places.length > 0 ? `${places.length}x ` : "";
  return [
    colors.bold(`${counted}${reason}`),
    `  ${colors.green("fix:")} ${fix}`,
    ...formatPlaces(declarations, directory, "  declared: "),
    ...formatPlaces(places, directory, "  "),
  ];
}

function formatPlaces(places: readonly DiagnosedPlace[], directory: string, before: string): string[] {
  const rest = places.length - shownPlaces;
  return [
    ...places.slice(0, shownPlaces).map((place) => `${before}${formatPlace(place, directory)}`),
    ...(rest > 0 ? [`${before}… and ${rest} more (--json lists all)`] : []),
  ];
}

function formatPlace({ file, line, found, why }: DiagnosedPlace, directory: string): string {
  return `${relative(directory, file)}:${line}  ${found}${why === undefined ? "" : colors.dim(`  (${why})`)}`;
}
