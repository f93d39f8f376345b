import { loadApplication } from "./application/load.js";
import type { UpgradeProjectOptions, UpgradeResult } from "./upgrade-result.js";
import { upgradeApplication } from "./upgrade/upgrade-application.js";
import { chooseEngine } from "./verify/choose-engine.js";
import { createCompiler } from "./verify/compile.js";

/**
 * Takes a whole application to a typed session: infers the session from how the code uses it, writes the session file with
 * the registration, repairs declarations, takes casts out, and verifies the result with the application's own compiler.
 * Nothing is written: see `writeChanges`.
 *
 * @throws CodemodError for a missing or broken tsconfig, a schema library that is not there, or types that can't be moved.
 *
 * @example
 * ```ts
 * const result = upgradeProject({ directory: "." });
 * writeChanges(result.files, ".");
 * ```
 */
export function upgradeProject(options: UpgradeProjectOptions): UpgradeResult {
  const { application, engine } = chooseEngine(loadApplication(options.directory, options.tsconfig), options.engine);
  try {
    return upgradeApplication({ application, compile: createCompiler(application, undefined, engine) }, options);
  } finally {
    engine.close();
  }
}
