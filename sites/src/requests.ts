import type { ImportedNames } from "./imports.js";
import type { Tree } from "./tree.js";

const requestName = /^_?req(?:uest)?$|(?:Req|Request)$/;
const requestMember = /^req(?:uest)?$/;
const requestType = /^(?:[\w$]+\s*\.\s*)*\w*(?:Req|Request)\s*(?:<.*>)?$/s;
const responseName = /^_?(?:res|response|reply)$/;
const contextName = /^(?:ctx|context)$/;

/**
 * Whether an expression is a request, going by how it is written.
 *
 * Many things have a `session`: Stripe's checkout, next-auth and tRPC contexts, bots, rows of a database. Only names that
 * are customary for HTTP requests count, and `ctx` only beside Koa.
 */
export function isRequest<Node extends object>(tree: Tree<Node>, node: Node, names: ImportedNames): boolean {
  const shape = tree.shape(node);
  if (shape.kind === "identifier") return requestName.test(shape.name) || (names.koa && contextName.test(shape.name));
  if (shape.kind === "member") return isRequestKey(shape.name);
  if (shape.kind !== "call") return false;
  const callee = tree.shape(shape.callee);
  return callee.kind === "member" && callee.name === "getRequest";
}

/** Whether a member of a context is customarily a request. */
export function isRequestKey(key: string): boolean {
  return requestMember.test(key);
}

/** Whether a parameter is customarily the response, so that the one before it is the request. */
export function isResponse<Node extends object>(tree: Tree<Node>, parameter: Node): boolean {
  const shape = tree.shape(parameter);
  return shape.kind === "identifier" && responseName.test(shape.name);
}

/** Whether a type annotation names a request: `Request`, `express.Request<Params>`, `AppReq`. */
export function isRequestType<Node extends object>(tree: Tree<Node>, type: Node): boolean {
  const { start, end } = tree.range(type);
  return requestType.test(tree.text.slice(start, end));
}
