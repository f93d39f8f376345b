import type { Application } from "../application/load.js";
import type { Compilation, Texts } from "./compile.js";

/** An application to change; it may be one of several that share files. */
export interface Subject {
  readonly application: Application;
  readonly compile: (texts: Texts) => Compilation;
  /** Whether a file may change on behalf of this application. By default, all may. */
  readonly owns?: (file: string) => boolean;
}
