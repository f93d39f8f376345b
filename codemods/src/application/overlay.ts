import { dirname, relative } from "node:path";
import picomatch from "picomatch";
import type ts from "typescript";
import type { FileChange } from "../write/file-change.js";
import type { Compiler } from "./load.js";

/** A compiler that reads some files' new texts in the place of those on disk. */
export function withOverlay(compiler: Compiler, changes: readonly FileChange[]): Compiler {
  if (changes.length === 0) return compiler;
  const texts = new Map(changes.map(({ path, after }) => [path, after]));
  const added = changes.filter(({ before }) => before === undefined).map(({ path }) => path);
  const { sys } = compiler;
  return {
    ...compiler,
    sys: {
      ...sys,
      fileExists: (name) => texts.has(name) || sys.fileExists(name),
      readFile: (name, encoding) => texts.get(name) ?? sys.readFile(name, encoding),
      readDirectory: (folder, extensions, exclude, include, depth) => [
        ...sys.readDirectory(folder, extensions, exclude, include, depth),
        ...added.filter((path) => isTakenIn(relative(folder, path), include, exclude)),
      ],
    },
    createCompilerHost: (options, setParentNodes) =>
      overlaid(compiler.createCompilerHost(options, setParentNodes), texts),
  };
}

function overlaid(host: ts.CompilerHost, texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const { readFile, fileExists } = host;
  // The host reads through itself, so it has to be the same object.
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name);
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  return host;
}

/** Whether a tsconfig's `include` and `exclude` take a file in, by the compiler's rules. */
function isTakenIn(path: string, include: readonly string[] = ["**/*"], exclude: readonly string[] = []): boolean {
  const name = path.replaceAll("\\", "/");
  if (name.startsWith("../") || dirname(name).split("/").includes("node_modules")) return false;
  const isOneOf = (globs: readonly string[]) => picomatch.isMatch(name, globs.flatMap(withContent));
  return isOneOf(include) && !isOneOf(exclude);
}

/** What has neither an ending nor a wildcard in its last part is a folder. */
function withContent(glob: string): string[] {
  const plain = glob.replace(/^\.\//, "").replace(/\/$/, "");
  if (plain === "." || plain === "") return ["**/*"];
  return /[.*?][^/]*$/.test(plain.split("/").at(-1) ?? "") ? [plain] : [plain, `${plain}/**/*`];
}
