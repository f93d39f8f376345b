import { dirname, resolve } from "node:path";
import ts from "typescript";
import { importPolicyOf } from "../imports/import-policy.js";
import type { ImportPolicy } from "../imports/remove-unused-imports.js";

const policies = new Map<string, ImportPolicy>();

/** What the nearest tsconfig.json above a file says about unused imports; the compiler's default where there is none. */
export function nearestImportPolicy(path: string): ImportPolicy {
  const config = ts.findConfigFile(dirname(resolve(path)), ts.sys.fileExists);
  if (config === undefined) return importPolicyOf({});
  const known = policies.get(config) ?? readPolicy(config);
  policies.set(config, known);
  return known;
}

function readPolicy(path: string): ImportPolicy {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  // The options alone are wanted: nobody needs the list of files.
  const host = { ...ts.sys, readDirectory: () => [] };
  return importPolicyOf(ts.parseJsonConfigFileContent(config ?? {}, host, dirname(path)).options);
}
