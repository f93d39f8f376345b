import { dirname, relative } from "node:path";
import type ts from "typescript";
import type { Application } from "../application/load.js";
import { proposeSight } from "../climb/propose-sight.js";
import type { Proposal } from "../climb/proposal.js";
import { specifierTo } from "../session-file/specifier-to.js";
import type { MissingSight } from "../session-file/visibility.js";

/** What becomes of a file by which a tool would see the session file. */
export interface ProposedSight {
  readonly entry: ts.SourceFile;
  /** `undefined` where the file is a script: an import would make a module of it. */
  readonly proposal: Proposal | undefined;
  readonly note: string;
}

/** Has files import the session file, for the tools that would not see it otherwise; one import for each file. */
export function proposeSights(
  application: Application,
  program: ts.Program,
  sessionFile: string,
  missing: readonly MissingSight[],
): ProposedSight[] {
  const byEntry = new Map(missing.map((each) => [each.entry, each]));
  return [...byEntry.values()].flatMap(({ entry: path, reason }) => {
    const entry = program.getSourceFile(path);
    if (entry === undefined) return [];
    const proposal = proposeSight(application.ts, entry, specifierTo(application, entry.fileName, sessionFile));
    const at = relative(dirname(application.tsconfig), path);
    const note =
      proposal === undefined
        ? `Import the session file somewhere: ${reason}.`
        : `${at} imports the session file, for its declarations alone: ${reason}.`;
    return [{ entry, proposal, note }];
  });
}
