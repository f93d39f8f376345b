import type ts from "typescript";
import type { Compiler } from "../application/load.js";
import type { KeyAccess } from "./key-access.js";

/** What `session.get("key")` and `session.set("key", value)` of Fastify's sessions ask of a key; `undefined` for all else. */
export function accessByMethod(compiler: Compiler, method: ts.Node): KeyAccess | undefined {
  const call = method.parent;
  if (!compiler.isPropertyAccessExpression(method) || !compiler.isCallExpression(call)) return undefined;
  if (call.expression !== method) return undefined;
  const [key, written] = call.arguments;
  if (key === undefined || !compiler.isStringLiteralLike(key)) return undefined;
  if (method.name.text === "get" && written === undefined) return { key: key.text, node: call, at: key };
  if (method.name.text !== "set" || written === undefined) return undefined;
  return { key: key.text, node: written, at: key, written };
}
