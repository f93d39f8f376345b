/**
 * What session libraries keep on the session themselves: express-session, cookie-session, koa-session, @fastify/session,
 * iron-session, and passport beside them. Such keys are not the application's to declare.
 */
const libraryKeys: ReadonlySet<string> = new Set([
  "changed",
  "cookie",
  "deleted",
  "destroy",
  "encryptedSessionId",
  "externalKey",
  "id",
  "isChanged",
  "isNew",
  "isPopulated",
  "maxAge",
  "passport",
  "populated",
  "regenerate",
  "reload",
  "req",
  "resetMaxAge",
  "save",
  "sessionId",
  "sessionID",
  "touch",
  "updateConfig",
]);

export function isLibraryKey(key: string): boolean {
  return libraryKeys.has(key) || key in Object.prototype;
}
