import { dirname, relative } from "node:path";
import type ts from "typescript";
import type { Site } from "typed-session-sites";
import type { Application } from "../application/load.js";
import { findOwnSession } from "../registration/find-own-session.js";
import { findRegistration, newestHomeOf } from "../registration/find-registration.js";
import type { InterfaceHome } from "../registration/registration.js";
import { findPackageManager, type PackageManager } from "../types-package/package-manager.js";
import type { Compilation } from "../verify/compile.js";
import type { DiagnosedPlace } from "./diagnosis.js";
import { findHosts, type Host } from "../registration/find-hosts.js";
import { findHiddenErrors } from "./hidden-errors.js";
import { findOwnDeclarations, type OwnDeclaration } from "./own-declarations.js";
import { findUnseenDeclarations, type UnseenDeclaration } from "./unseen-declarations.js";

/** What of an application decides whether its sessions have a type. */
export interface Surroundings {
  /** The session library that the places are about; `undefined` where none is known. */
  readonly host: Host | undefined;
  readonly hosts: readonly Host[];
  /** Where the library's installed types read the keys from; `undefined` where they do not, or are not compiled. */
  readonly home: InterfaceHome | undefined;
  /** Whether the library's session takes its type where the application's own request declares it: iron-session since 8. */
  readonly isGeneric: boolean;
  /** What a call that opens a session is to give as its type: the application's own, or what the upgrade writes. */
  readonly openedAs: string;
  /** Where its newest types read the keys from. */
  readonly newestHome: InterfaceHome | undefined;
  readonly declarations: readonly OwnDeclaration[];
  readonly unseen: readonly UnseenDeclaration[];
  readonly hiddenErrors: readonly DiagnosedPlace[];
  readonly packageManager: PackageManager;
  /** A path for people. */
  readonly shorten: (path: string) => string;
}

/** Reads all of it. */
export function readSurroundings(
  application: Application,
  compilation: Compilation,
  candidates: Iterable<string>,
  sites: readonly Site<ts.Node>[],
): Surroundings {
  const { ts: compiler, tsconfig } = application;
  const { program } = compilation;
  const folder = dirname(tsconfig);
  const files = [...candidates].flatMap((name) => program.getSourceFile(name) ?? []);
  const registration = findRegistration(compiler, program);
  const hosts = findHosts(folder, registration?.host);
  const host = hosts.find(({ name }) => name === registration?.host) ?? hosts[0];
  return {
    host,
    hosts,
    home: registration?.home,
    isGeneric: registration?.generic !== undefined,
    openedAs: findOwnSession(application, program.getTypeChecker(), sites)?.name ?? "AppSession",
    newestHome: host && newestHomeOf(host.name),
    declarations: findOwnDeclarations(compiler, compilation, files),
    unseen: findUnseenDeclarations(application, compilation),
    hiddenErrors: findHiddenErrors(application, compilation, files),
    packageManager: findPackageManager(folder),
    shorten: (path) => relative(folder, path),
  };
}

export function placeAt(node: ts.Node, found: string): DiagnosedPlace {
  const file = node.getSourceFile();
  return { file: file.fileName, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, found };
}
