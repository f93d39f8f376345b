import type { TSESTree } from "@typescript-eslint/utils";

/** A type of typed-session that has a session, as a file imports it. */
export interface RequestType {
  /** How it is written with every parameter: `Request<User, Auth, State, TSession>`. */
  readonly written: string;
  /** The place of `TSession` among its parameters, from 1. */
  readonly place: number;
}

const ofEngine = (name: string): RequestType => ({ written: `${name}<User, Auth, State, TSession>`, place: 4 });
const ofExpress: RequestType = { written: "Request<P, ResBody, ReqBody, ReqQuery, Locals, TSession>", place: 6 };
const ofNode: RequestType = { written: "Request<TSession>", place: 1 };

const requestTypes: ReadonlyMap<string, Readonly<Record<string, RequestType>>> = new Map([
  [
    "typed-session",
    { Request: ofEngine("Request"), Connection: ofEngine("Connection"), WebSocket: ofEngine("WebSocket") },
  ],
  ["typed-session/express", { Request: ofExpress }],
  ["typed-session/nest", { Request: ofExpress }],
  ["typed-session/koa", { Context: { written: "Context<StateT, ContextT, ResponseBodyT, TSession>", place: 4 } }],
  ["typed-session/fastify", { FastifyRequest: { written: "FastifyRequest<…, TSession>, the eighth", place: 8 } }],
  ["typed-session/fetch", { Request: ofNode }],
  ["typed-session/node", { Request: ofNode }],
]);

/** The types with a session that a file imports of typed-session, by their local names. */
export function importedRequestTypes({ body }: TSESTree.Program): ReadonlyMap<string, RequestType> {
  const found = new Map<string, RequestType>();
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration") continue;
    const types = requestTypes.get(statement.source.value);
    for (const specifier of types === undefined ? [] : statement.specifiers) {
      if (specifier.type !== "ImportSpecifier" || specifier.imported.type !== "Identifier") continue;
      const type = types?.[specifier.imported.name];
      if (type !== undefined) found.set(specifier.local.name, type);
    }
  }
  return found;
}
