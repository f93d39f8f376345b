/**
 * The interfaces that an application declares a session's keys in, or means to: the names under which session libraries
 * read them, or once read them, by the scope around the interface. A module's scope is its name in quotes.
 */
const sessionInterfaces: ReadonlyMap<string, readonly string[]> = new Map([
  ["Express", ["SessionData", "Session"]],
  ["CookieSessionInterfaces", ["CookieSessionObject"]],
  ['"express"', ["SessionData", "Session"]],
  ['"express-serve-static-core"', ["SessionData", "Session"]],
  ['"express-session"', ["SessionData", "Session"]],
  ['"cookie-session"', ["CookieSessionObject", "SessionData"]],
  ['"koa-session"', ["Session"]],
  ['"fastify"', ["Session", "FastifySessionObject"]],
  ['"@fastify/session"', ["Session", "FastifySessionObject", "SessionData"]],
  ['"@fastify/secure-session"', ["SessionData"]],
  ['"iron-session"', ["IronSessionData"]],
]);

const inExpressSession = 'declare module "express-session" { interface SessionData { … } }';

/** Where each of them belongs today. */
const homes: ReadonlyMap<string, string> = new Map([
  ["Express", inExpressSession],
  ['"express"', inExpressSession],
  ['"express-serve-static-core"', inExpressSession],
  ['"cookie-session"', "declare namespace CookieSessionInterfaces { interface CookieSessionObject { … } }"],
  ['"@fastify/session"', 'declare module "fastify" { interface Session { … } }'],
  ['"iron-session"', "the call getIronSession<…>(): since iron-session 8 the type is given there"],
]);

/** Whether an interface is one that an application declares session keys in. */
export function isSessionInterface(scope: string, name: string): boolean {
  return sessionInterfaces.get(scope)?.includes(name) ?? false;
}

/** Such as `Express.SessionData`, or `SessionData of "express-session"`. */
export function describeInterface(scope: string, name: string): string {
  return scope.startsWith('"') ? `${name} of ${scope}` : `${scope}.${name}`;
}

/** Where keys belong that are declared in a scope which merges with nothing; `undefined` where nobody can tell. */
export function homeOfKeys(scope: string): string | undefined {
  return homes.get(scope);
}

/**
 * Whether an interface in this scope merges with nothing, whatever is installed. Those of the global namespace `Express` did
 * merge with the types of express-session before 1.17: who has a compiler asks that first.
 */
export function isNeverRead(scope: string): boolean {
  return ["Express", '"express"', '"express-serve-static-core"'].includes(scope);
}
