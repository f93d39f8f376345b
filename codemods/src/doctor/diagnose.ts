import { dirname, relative } from "node:path";
import type ts from "typescript";
import { describeUntyped, findSites, typescriptTree, whyUntyped, type Site } from "typed-session-sites";
import { loadApplication, type Application } from "../application/load.js";
import { readCandidates } from "../application/read-candidates.js";
import { isDead } from "../augmentations/is-dead.js";
import { findDeadAugmentations } from "../augmentations/find-dead-augmentations.js";
import { createCompiler, type Compilation, type Texts } from "../verify/compile.js";
import type { DiagnosedPlace, Diagnosis, Finding } from "./diagnosis.js";
import { findHosts, type Host } from "./find-hosts.js";
import { castRemedy, deadDeclarationRemedy, remedyFor, type Remedy } from "./remedies.js";

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
  const folder = dirname(application.tsconfig);
  const shorten = (path: string) => relative(folder, path);
  const hosts = findHosts(folder);
  // Asking for the checker binds every file, and so gives its nodes the parents that the recogniser wants.
  const checker = compilation.program.getTypeChecker();
  const sites = findProgramSites(application, texts, compilation);
  const diagnosed = sites.map((site) => diagnoseSite(checker, site, hosts, shorten));
  const dead = deadDeclarations(application, texts, compilation);

  return {
    compiler: application.compiler,
    tsconfig: application.tsconfig,
    compiledFiles: compilation.ownFiles.length,
    hosts,
    declaredAt: declarationsOf(checker, sites, shorten),
    sites: sites.length,
    typedSites: diagnosed.filter((each) => each === undefined).length,
    findings: groupByRemedy([...diagnosed.filter((each) => each !== undefined), ...dead]),
  };
}

interface Diagnosed {
  readonly remedy: Remedy;
  readonly place: DiagnosedPlace;
}

/** What is wrong with a site; `undefined` where it has a type. */
function diagnoseSite(
  checker: ts.TypeChecker,
  { site, place }: ProgramSite,
  hosts: readonly Host[],
  shorten: (path: string) => string,
): Diagnosed | undefined {
  if (site.disguises.length > 0) return { remedy: castRemedy, place };
  const untyped = whyUntyped(checker, site);
  if (untyped === undefined) return undefined;
  return { remedy: remedyFor(untyped, hosts), place: { ...place, why: describeUntyped(untyped, shorten) } };
}

function groupByRemedy(diagnosed: readonly Diagnosed[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { remedy, place } of diagnosed) {
    const key = `${remedy.reason}\n${remedy.fix}`;
    findings.set(key, { ...remedy, places: [...(findings.get(key)?.places ?? []), place] });
  }
  return [...findings.values()].sort((a, b) => b.places.length - a.places.length);
}

interface ProgramSite {
  readonly site: Site<ts.Node>;
  readonly place: DiagnosedPlace;
}

function findProgramSites({ ts: compiler }: Application, texts: Texts, { program }: Compilation): ProgramSite[] {
  return [...texts.keys()].flatMap((file) => {
    const sourceFile = program.getSourceFile(file);
    if (sourceFile === undefined || sourceFile.isDeclarationFile) return [];
    return findSites(typescriptTree(compiler, sourceFile)).map((site) => ({ site, place: placeOf(site.outer) }));
  });
}

function placeOf(node: ts.Node): DiagnosedPlace {
  const sourceFile = node.getSourceFile();
  const { line } = sourceFile.getLineAndCharacterOfPosition(node.getStart());
  return { file: sourceFile.fileName, line: line + 1, found: node.getText().replace(/\s+/g, " ") };
}

function deadDeclarations({ ts: compiler }: Application, texts: Texts, compilation: Compilation): Diagnosed[] {
  return [...texts.keys()].flatMap((file) => {
    const sourceFile = compilation.program.getSourceFile(file);
    if (sourceFile === undefined) return [];
    return findDeadAugmentations(compiler, sourceFile)
      .filter((augmentation) => isDead(augmentation, compilation))
      .map(({ declaration }) => ({
        remedy: deadDeclarationRemedy,
        place: { ...placeOf(declaration.name), found: "namespace Express { interface SessionData }" },
      }));
  });
}

function declarationsOf(
  checker: ts.TypeChecker,
  sites: readonly ProgramSite[],
  shorten: (path: string) => string,
): string[] {
  const places = sites.flatMap(({ site: { request } }) => {
    const session = checker.getPropertyOfType(checker.getTypeAtLocation(request), "session");
    return (session?.declarations ?? []).map((node) => {
      const { file, line } = placeOf(node);
      return `${shorten(file)}:${line}`;
    });
  });
  return [...new Set(places)].sort();
}
