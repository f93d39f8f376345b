import { dirname } from "node:path";
import type { Application } from "../application/load.js";
import type { Engine, EngineName } from "./engine.js";
import { createJsEngine } from "./js-engine.js";
import { bundledNativeCompiler, ownNativeCompiler } from "./native-compiler.js";
import { createNativeEngine } from "./native-engine.js";

/** An application, and what checks it. */
export interface EngineChoice {
  readonly engine: Engine;
  /** The application; its report names the engine's compiler, too. */
  readonly application: Application;
}

/**
 * Chooses what checks an application: by default its own compiler, native where that is native.
 *
 * @throws CodemodError where the native compiler is asked for, and there is none.
 */
export function chooseEngine(application: Application, wanted?: EngineName): EngineChoice {
  const own = wanted === "js" ? undefined : ownNativeCompiler(dirname(application.tsconfig));
  const native = wanted === "native" ? (own ?? bundledNativeCompiler()) : own;
  if (native === undefined) return { engine: createJsEngine(application), application };
  const { version, isOwn } = native;
  const compiler = `TypeScript ${version} of ${isOwn ? "the application" : "this tool"} for errors, and for types and JavaScript with ${application.compiler}`;
  return { engine: createNativeEngine(application, native), application: { ...application, compiler } };
}
