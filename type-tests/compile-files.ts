import ts from "typescript";

const settings: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

const parsed = new Map<string, ts.SourceFile | undefined>();

/** A program of files that are nowhere but in memory, and of the packages that they import. */
export function compileFiles(files: ReadonlyMap<string, string>, further: ts.CompilerOptions = {}): ts.Program {
  const host = ts.createCompilerHost({ ...settings, ...further });
  const { getSourceFile, readFile, fileExists, directoryExists } = host;
  host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.directoryExists = (name) =>
    [...files.keys()].some((file) => file.startsWith(`${name}/`)) || (directoryExists?.call(host, name) ?? false);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const parse = () => getSourceFile.call(host, name, languageVersion, ...rest);
    if (files.has(name)) return parse();
    const key = `${name} ${typeof languageVersion === "object" ? languageVersion.impliedNodeFormat : undefined}`;
    if (!parsed.has(key)) parsed.set(key, parse());
    return parsed.get(key);
  };
  return ts.createProgram({ rootNames: [...files.keys()], options: { ...settings, ...further }, host });
}
