import { dirname, join, relative, sep } from "node:path";
import type { Application } from "../application/load.js";
import { takesIn } from "./takes-in.js";

/** Words that only the files have that this tool wrote. */
export const sessionFileMark = "as typed-session-codemod found it in use";

const names = ["session.ts", "app-session.ts", "session-types.ts"] as const;

/**
 * Where the session file goes: the topmost folder of sources that holds all files which touch a session and of which the
 * tsconfig takes files in, under the first name that is free there. Files that are shared with other applications stand
 * apart, and do not count.
 */
export function placeSessionFile(application: Application, files: readonly string[]): string {
  const { ts: compiler, tsconfig, options } = application;
  const project = dirname(tsconfig);
  const { rootDir = project } = options;
  // One that is above the project is no folder of its sources.
  const root = relative(project, rootDir).startsWith("..") ? project : rootDir;
  const near = files.filter((file) => !relative(root, file).startsWith(".."));
  const [first = tsconfig, ...others] = near.length > 0 ? near : files;
  const shared = others.map(dirname).reduce(commonFolder, dirname(first));
  const inside = relative(root, shared);
  const [top = ""] = inside.startsWith("..") || root !== project ? [] : inside.split(sep);
  const topmost = inside.startsWith("..") ? shared : join(root, top);
  const folder = foldersDownTo(shared, topmost).find((each) => takesIn(application, join(each, names[0]))) ?? topmost;
  const taken = (name: string) => {
    const base = join(folder, name.replace(/\.ts$/, ""));
    return [".ts", ".tsx", ".d.ts", ".js", "/index.ts"].some((end) => compiler.sys.fileExists(base + end));
  };
  return join(folder, names.find((name) => !taken(name)) ?? `session-${files.length}.ts`);
}

/** A session file that was written before into the folder where a new one would go, whatever compiles it. */
export function sessionFileBeside({ ts: compiler }: Application, placed: string): string | undefined {
  const paths = names.map((name) => join(dirname(placed), name));
  return paths.find((path) => compiler.sys.readFile(path)?.includes(sessionFileMark));
}

/** A folder, and those on the way from it to one within it. */
function foldersDownTo(inner: string, outer: string): string[] {
  const parts = relative(outer, inner).split(sep);
  return [outer, ...parts.map((_, index) => join(outer, ...parts.slice(0, index + 1)))];
}

function commonFolder(a: string, b: string): string {
  const [inA, inB] = [a.split(sep), b.split(sep)];
  const differs = inA.findIndex((part, index) => part !== inB[index]);
  return differs < 0 ? a : inA.slice(0, differs).join(sep);
}
