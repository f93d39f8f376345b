import type ts from "typescript";
import { bodyOf } from "../augmentations/blocks.js";
import type { Compiler } from "../application/load.js";
import { isInPackageFile } from "../application/is-in-package.js";
import type { TypeReference } from "../imports/type-reference.js";

const expressRequest: TypeReference = { name: "Request", from: "express" };

/** A request that the application itself gives a session. */
export interface SessionRequest {
  readonly request: TypeReference;
  readonly member: ts.PropertySignature;
}

/** Finds the request that the application gives a session, by augmenting its interface. */
export function findSessionRequest(compiler: Compiler, program: ts.Program): SessionRequest | undefined {
  const files = program.getSourceFiles().filter((file) => !isInPackageFile(file) && /session/i.test(file.text));
  return files.flatMap((file) => inStatements(file.statements, undefined))[0];

  function inStatements(statements: readonly ts.Statement[], scope: string | undefined): SessionRequest[] {
    return statements.flatMap((statement): SessionRequest[] => {
      if (compiler.isModuleDeclaration(statement)) {
        const { name } = statement;
        const inner = scope === undefined || compiler.isStringLiteral(name) ? name.text : scope;
        return inStatements(bodyOf(compiler, statement), inner);
      }
      if (scope === undefined || !compiler.isInterfaceDeclaration(statement)) return [];
      const member = statement.members.find(({ name }) => name?.getText() === "session");
      if (member === undefined || !compiler.isPropertySignature(member)) return [];
      return [{ request: requestOf(scope, statement.name.text), member }];
    });
  }
}

/** Express itself reads what is added to the requests of the global namespace, or of its core's types. */
function requestOf(scope: string, name: string): TypeReference {
  const isExpress = ["global", "Express", "express-serve-static-core"].includes(scope);
  return isExpress && name === "Request" ? expressRequest : { name, from: scope };
}
