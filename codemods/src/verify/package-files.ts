import type ts from "typescript";

/** Gives a file of a package, and parses it where that was not done yet. */
export type ReadPackageFile = (
  name: string,
  how: ts.ScriptTarget | ts.CreateSourceFileOptions,
  parse: () => ts.SourceFile | undefined,
) => ts.SourceFile | undefined;

interface Settings {
  readonly compiler: typeof ts;
  readonly options: string;
  readonly files: Map<string, ts.SourceFile>;
}

/** The settings that were used last. The projects of a workspace have the same, as a rule. */
const latest: Settings[] = [];

/** How many settings are kept: for each, a compiler's libraries alone take 10 MB. */
const mostKept = 4;

/**
 * The files of packages, for all programs of this process that have the same compiler and options: to parse them takes
 * longer than the rest of a program. Of each, the text is read anew: what was installed meanwhile is seen.
 */
export function packageFilesFor(compiler: typeof ts, given: ts.CompilerOptions): ReadPackageFile {
  const { files } = settingsOf(compiler, optionsOf(given));
  return (name, how, parse) => {
    const key = `${typeof how === "object" ? how.impliedNodeFormat : undefined} ${name}`;
    const known = files.get(key);
    if (known !== undefined && known.text === compiler.sys.readFile(name)) return known;
    const file = parse();
    if (file === undefined) files.delete(key);
    else files.set(key, file);
    return file;
  };
}

function settingsOf(compiler: typeof ts, options: string): Settings {
  const index = latest.findIndex((each) => each.compiler === compiler && each.options === options);
  const [known = { compiler, options, files: new Map() }] = index === -1 ? [] : latest.splice(index, 1);
  latest.unshift(known);
  latest.splice(mostKept);
  return known;
}

/** All options but those that say where files go: which of the others matter to a parsed file, a compiler does not tell. */
function optionsOf({
  outDir: _out,
  rootDir: _root,
  declarationDir: _types,
  configFilePath: _path,
  ...rest
}: ts.CompilerOptions) {
  return JSON.stringify(rest);
}
