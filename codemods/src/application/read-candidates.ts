import type { Compilation, Texts } from "../verify/compile.js";
import type { Application } from "./load.js";

/** Every file of the application that may touch a session. All others can't change. */
export function readCandidates({ ts }: Application, { ownFiles, ownDeclarations }: Compilation): Texts {
  const candidates = new Map<string, string>();
  for (const file of [...ownFiles, ...ownDeclarations]) {
    const text = /\.[cm]?tsx?$/.test(file) ? ts.sys.readFile(file) : undefined;
    if (text !== undefined && /session/i.test(text)) candidates.set(file, text);
  }
  return candidates;
}
