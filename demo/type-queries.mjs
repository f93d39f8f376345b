import ts from "typescript";

/**
 * The types of variables, as the application's compiler settings make them.
 *
 * @param {string} app the folder of the application's tsconfig.json
 * @param {string} file
 * @param {readonly string[]} names of variables that are declared in the file
 * @returns {Map<string, string>} type by name
 */
export function typesInFile(app, file, names) {
  const program = openProgram(app);
  const checker = program.getTypeChecker();
  /** @type {Map<string, string>} */
  const types = new Map();

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && names.includes(node.name.text)) {
      types.set(node.name.text, checker.typeToString(checker.getTypeAtLocation(node), node));
    }
    ts.forEachChild(node, visit);
  }
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} is not part of the program of ${app}.`);
  visit(source);
  return types;
}

/** @param {string} app */
function openProgram(app) {
  const config = ts.getParsedCommandLineOfConfigFile(ts.findConfigFile(app, ts.sys.fileExists) ?? app, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  if (!config) throw new Error(`There is no tsconfig.json in ${app}.`);
  return ts.createProgram(config.fileNames, config.options);
}
