/**
 * What every error of this library is, so that an application can tell them from its own.
 *
 * @example
 * ```ts
 * try {
 *   await middleware.handle(scope, serve);
 * } catch (error) {
 *   if (!(error instanceof SessionError)) throw error;
 *   console.error(error.name, error.message); // names paths and reasons, never what a session holds
 * }
 * ```
 */
export class SessionError extends Error {
  /** The name of the error's class, also where there are two copies of the library and `instanceof` says nothing. */
  override name = "SessionError";
}

/** A configuration that can't work. Thrown where it is given, before any request is served. */
export class SessionConfigError extends SessionError {
  override name = "SessionConfigError";
  /** The option at fault, such as `"secret"`. */
  readonly option: string;

  constructor(option: string, problem: string, fix: string) {
    super(`Session option \`${option}\` ${problem}. ${fix}`);
    this.option = option;
  }
}

/** `request.session` was used where no session was loaded. */
export class SessionMissingError extends SessionError {
  override name = "SessionMissingError";
}

/** One reason why data is not a session of the declared type. */
export interface SessionIssue {
  /** Where in the session, such as `cart[0].quantity`; empty for the session as a whole. */
  readonly path: string;
  /** What is wrong there, in the schema's words. */
  readonly message: string;
}

/** Data that is not a session of the declared type. Its message names paths and reasons, never values. */
export class SessionInvalidError extends SessionError {
  override name = "SessionInvalidError";
  /** `"stored"`: found when the session was loaded. `"changed"`: found when it was to be saved; nothing was saved. */
  readonly origin: "stored" | "changed";
  /** All reasons that the schema gives, one or more. */
  readonly issues: readonly SessionIssue[];

  constructor(origin: "stored" | "changed", issues: readonly SessionIssue[]) {
    super(`The ${origin} session does not have the declared type: ${describeIssues(issues)}`);
    this.origin = origin;
    this.issues = issues;
  }
}

/** The request's session does not meet what the route requires. Frameworks answer it with `status`. */
export class SessionRequiredError extends SessionError {
  override name = "SessionRequiredError";
  /** The HTTP status that fits: 401 Unauthorized (RFC 9110, section 15.5.2). */
  readonly status = 401;
  /** All reasons that the route's schema gives, one or more. */
  readonly issues: readonly SessionIssue[];

  constructor(issues: readonly SessionIssue[]) {
    super(`This route requires another session: ${describeIssues(issues)}`);
    this.issues = issues;
  }
}

/** A value in the session that JSON would change or lose. Nothing was saved. */
export class SessionSerializationError extends SessionError {
  override name = "SessionSerializationError";
  /** Where in the session, such as `cart[0].added`. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(
      `The session can't be saved: ${path === "" ? "it" : `\`${path}\``} ${problem}. ` +
        "Give a codec in the schema (such as z.codec), `encode` in defineSession, or a type encoder.",
    );
    this.path = path;
  }
}

/** The session does not fit into the cookies that it may take. Nothing was saved. */
export class SessionTooLargeError extends SessionError {
  override name = "SessionTooLargeError";
  /** Size of all its cookies, each a whole `name=value; attributes`, in bytes. */
  readonly size: number;
  /** The most that `maxCookies` cookies hold in browsers, in bytes. */
  readonly limit: number;
  /** The session's largest top-level keys, largest first. */
  readonly largestKeys: readonly string[];

  constructor(size: number, limit: number, largestKeys: readonly string[]) {
    super(
      `The session needs ${size} bytes in cookies, and may take ${limit}. ` +
        `Its largest keys: ${largestKeys.join(", ")}. Store less, raise \`maxCookies\`, or use ServerSideSessionBackend.`,
    );
    this.size = size;
    this.limit = limit;
    this.largestKeys = largestKeys;
  }
}

/** The session changed when the browser could not be sent a cookie any more: late in a response, or over a WebSocket. */
export class SessionLateError extends SessionError {
  override name = "SessionLateError";

  constructor() {
    super(
      "The session was changed when no cookie can be sent any more. Change it before the response begins; " +
        "over a WebSocket, only one that a store holds can be changed.",
    );
  }
}

/** A store holds something that it did not write, or can't be used as it must. */
export class SessionStoreError extends SessionError {
  override name = "SessionStoreError";
}

/** Two requests kept changing one session, and the bounded number of merges was used up. Nothing was saved. */
export class SessionConflictError extends SessionError {
  override name = "SessionConflictError";
}

function describeIssues(issues: readonly SessionIssue[]): string {
  return issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("; ");
}
