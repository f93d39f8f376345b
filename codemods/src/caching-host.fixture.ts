import { fileURLToPath } from "node:url";
import ts from "typescript";

const installed = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/** The files of packages, parsed: by path and all options that may matter. They take longer than the rest of a program. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * A compiler host for programs of one test after the other: what is in this workspace's packages is parsed once. All else
 * is read from the disk each time.
 */
export function createCachingHost({
  rootDir: _rootDir,
  outDir: _outDir,
  configFilePath: _path,
  ...options
}: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const settings = JSON.stringify(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, how, ...rest) => {
    if (!file.startsWith(installed)) return getSourceFile(file, how, ...rest);
    const key = `${file} ${settings} ${typeof how === "object" ? how.impliedNodeFormat : undefined}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, how, ...rest));
    return parsed.get(key);
  };
  return host;
}
