import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { API } from "typescript-native/unstable/sync";
import { CodemodError } from "../codemod-error.js";

/** The version whose API is built into this tool; its executable comes with an optional dependency, of the same version. */
const bundledVersion = "7.0.2";

/** A way to start the native compiler. Its API and its executable are always of one version: their protocol has none. */
export interface NativeCompiler {
  readonly version: string;
  readonly isOwn: boolean;
  start(cwd: string, overlay: NativeOverlay): API;
}

/** What the compiler reads in the place of files on disk; `undefined` where the disk is right. */
export interface NativeOverlay {
  readFile(path: string): string | undefined;
  fileExists(path: string): true | undefined;
}

/** The application's `typescript`, where it is a native one with an API that this tool knows. */
export function ownNativeCompiler(directory: string): NativeCompiler | undefined {
  const require = createRequire(join(directory, "package.json"));
  try {
    const { version }: { version: string } = require("typescript/package.json");
    if (Number.parseInt(version, 10) < 7) return undefined;
    const module: unknown = require("typescript/unstable/sync");
    if (!hasApi(module)) return undefined;
    return { version, isOwn: true, start: (cwd, fs) => new module.API({ cwd, fs }) };
  } catch {
    // It has no compiler of its own, or one whose API is elsewhere.
    return undefined;
  }
}

/**
 * The native compiler of this tool.
 *
 * @throws CodemodError where there is none for this platform.
 */
export function bundledNativeCompiler(): NativeCompiler {
  const name = `@typescript/typescript-${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(require.resolve(`${name}/package.json`));
    const tsserverPath = join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
    return { version: bundledVersion, isOwn: false, start: (cwd, fs) => new API({ cwd, fs, tsserverPath }) };
  } catch {
    throw new CodemodError(
      `There is no native TypeScript here: ${name}, an optional dependency, is not installed. Leave --engine native out, or install it.`,
    );
  }
}

function hasApi(module: unknown): module is { readonly API: typeof API } {
  return typeof module === "object" && module !== null && "API" in module && typeof module.API === "function";
}
