import { dirname, relative } from "node:path";
import type ts from "typescript";
import { loadApplication, type Application } from "../application/load.js";
import { readCandidates } from "../application/read-candidates.js";
import { isSite, listPlaces, type Place } from "../places.js";
import { createCompiler, type Compilation } from "../verify/compile.js";
import { findDeclarationFaults } from "./declaration-findings.js";
import type { DiagnosedPlace, Diagnosis, Finding } from "./diagnosis.js";
import { explain, type Explanation } from "./explain.js";
import { describeHome } from "./remedies.js";
import { placeAt, readSurroundings } from "./surroundings.js";

/** What `diagnose` takes. */
export interface DiagnoseOptions {
  /** The application's folder. */
  readonly directory: string;
  /** Path of the tsconfig, from `directory`. Default `tsconfig.json`. */
  readonly tsconfig?: string;
}

/**
 * Says why an application's sessions are untyped, and what to do. Nothing is changed.
 *
 * @throws CodemodError for a missing or broken tsconfig.
 *
 * @example
 * ```ts
 * const { findings } = diagnose({ directory: "." });
 * for (const { reason, fix, places } of findings) console.log(`${places.length}x ${reason}: ${fix}`);
 * ```
 */
export function diagnose({ directory, tsconfig }: DiagnoseOptions): Diagnosis {
  const application = loadApplication(directory, tsconfig);
  return diagnoseApplication(application, createCompiler(application)(new Map()));
}

/**
 * Diagnoses an application that is loaded already; see `diagnose`.
 *
 * @param owns - whether a file is to be diagnosed; by default, all are
 */
export function diagnoseApplication(
  application: Application,
  compilation: Compilation,
  owns: (file: string) => boolean = () => true,
): Diagnosis {
  const texts = new Map([...readCandidates(application, compilation)].filter(([file]) => owns(file)));
  const shorten = (path: string) => relative(dirname(application.tsconfig), path);
  const checker = compilation.program.getTypeChecker();
  const places = listPlaces(application.ts, compilation.program, texts.keys(), shorten);
  const sites = places.flatMap(({ from: { session } }) => (isSite(session) ? [session] : []));
  const surroundings = readSurroundings(application, compilation, texts.keys(), sites);
  const explained = places.flatMap((place) => explain(checker, place, surroundings) ?? []);
  const { hosts, home } = surroundings;

  return {
    compiler: application.compiler,
    tsconfig: application.tsconfig,
    compiledFiles: compilation.ownFiles.length,
    hosts,
    keysReadFrom: home && describeHome(home),
    declaredAt: declarationsOf(checker, places, shorten),
    places: places.length,
    typedPlaces: places.filter(({ untyped }) => untyped === undefined).length,
    findings: groupByRemedy([...explained, ...findDeclarationFaults(application, compilation, surroundings)]),
  };
}

function groupByRemedy(explained: readonly Partial<Explanation>[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { remedy, place, declarations = [] } of explained) {
    if (remedy === undefined) continue;
    const { code, reason, fix, command } = remedy;
    const known = findings.get(`${reason}\n${fix}`);
    findings.set(`${reason}\n${fix}`, {
      code,
      reason,
      fix,
      command,
      places: [...(known?.places ?? []), ...(place === undefined ? [] : [place])],
      declarations: distinct([...(known?.declarations ?? []), ...declarations]),
    });
  }
  return [...findings.values()].sort((a, b) => b.places.length - a.places.length);
}

function distinct(places: readonly DiagnosedPlace[]): DiagnosedPlace[] {
  return [...new Map(places.map((each) => [`${each.file}:${each.line} ${each.found}`, each])).values()];
}

function declarationsOf(
  checker: ts.TypeChecker,
  places: readonly Place[],
  shorten: (path: string) => string,
): string[] {
  const found = places.flatMap(({ from: { session: site } }) => {
    if (!isSite(site)) return [];
    const session = checker.getPropertyOfType(checker.getTypeAtLocation(site.request), "session");
    return (session?.declarations ?? []).map((node) => {
      const { file, line } = placeAt(node, "");
      return `${shorten(file)}:${line}`;
    });
  });
  return [...new Set(found)].sort();
}
