import type ts from "typescript";
import { scopedInterfaces, type ScopedInterface } from "../augmentations/scoped-interfaces.js";
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
  return files.flatMap((file) => scopedInterfaces(compiler, file)).flatMap(sessionRequest)[0];

  function sessionRequest({ node, scope }: ScopedInterface): SessionRequest[] {
    const member = node.members.find(({ name }) => name?.getText() === "session");
    if (scope === "" || member === undefined || !compiler.isPropertySignature(member)) return [];
    return [{ request: requestOf(scope.replaceAll('"', ""), node.name.text), member }];
  }
}

/** Express itself reads what is added to the requests of the global namespace, or of its core's types. */
function requestOf(scope: string, name: string): TypeReference {
  const isExpress = ["Express", "express-serve-static-core"].includes(scope);
  return isExpress && name === "Request" ? expressRequest : { name, from: scope };
}
