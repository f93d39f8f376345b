import ts from "typescript";
import { expect } from "vitest";
import { createApplication, type TestApplication } from "./application.fixture.js";
import { createCachingHost } from "./caching-host.fixture.js";
import * as libraries from "./session-libraries.fixture.js";
import { upgradeProject } from "./upgrade-project.js";
import type { UpgradeProjectOptions, UpgradeResult } from "./upgrade-result.js";
import { writeChanges } from "./write/write-changes.js";

type Options = Omit<UpgradeProjectOptions, "directory">;

export const commonjs = { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" };

/** An application with a session library, by default express-session. */
export function app(
  files: Record<string, string>,
  packages: Record<string, string> = libraries.expressSession,
  options = {},
) {
  const types = Object.keys(packages).flatMap((path) => /@types\/([^/]+)\/package/.exec(path)?.[1] ?? []);
  return createApplication({ ...packages, ...files }, { types, ...commonjs, ...options });
}

/** Compiled by itself, without any of the codemod's machinery. */
function compileAlone({ path }: TestApplication): { errors: string[]; emitted: Map<string, string> } {
  const { config } = ts.readConfigFile(path("tsconfig.json"), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    path("."),
    undefined,
    path("tsconfig.json"),
  );
  const emitting = { ...options, removeComments: true, noEmit: false };
  const program = ts.createProgram(fileNames, emitting, createCachingHost(emitting));
  const emitted = new Map<string, string>();
  program.emit(undefined, (name, text) => emitted.set(name, text.replace(/\s+/g, " ")));
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  return { errors, emitted };
}

/**
 * Upgrades an application, and checks what every upgrade promises: no new error, the same emitted JavaScript for every file
 * that was there, and a second run that changes nothing.
 */
export function upgraded(application: TestApplication, options: Options = {}): UpgradeResult {
  const before = compileAlone(application);
  const result = upgradeProject({ directory: application.folder, schema: "types", ...options });
  expect(result.newErrors).toEqual([]);
  writeChanges(result.files, application.folder);
  const after = compileAlone(application);
  expect(after.errors.filter((error) => !before.errors.includes(error))).toEqual([]);
  for (const [name, text] of before.emitted) expect(after.emitted.get(name), name).toBe(text);
  const again = upgradeProject({ directory: application.folder, schema: "types", ...options });
  expect(again.files).toEqual([]);
  return result;
}
