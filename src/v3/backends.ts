import * as v2 from "../backends/index.js";
import { SessionConfigError } from "../errors.js";
import type { SessionSource } from "../types.js";

/** What `ClientSideSessionBackend` takes in v3: the session's type is no option any more. */
export interface ClientSideSessionOptions<TSource extends SessionSource> extends v2.ClientSideSessionOptions<TSource> {
  /** The session's type: a Standard Schema, a class, or what `defineSession` returned. */
  readonly session: TSource;
}

/** What `ServerSideSessionBackend` takes in v3: the session's type is no option any more. */
export interface ServerSideSessionOptions<TSource extends SessionSource> extends v2.ServerSideSessionOptions<TSource> {
  /** The session's type: a Standard Schema, a class, or what `defineSession` returned. */
  readonly session: TSource;
}

/**
 * See `ClientSideSessionBackend` of v2. `session` is required.
 *
 * @throws SessionConfigError when `session` is missing, or another option can't work.
 *
 * @example
 * ```ts
 * const backend = new ClientSideSessionBackend({ secret, session: appSession });
 * ```
 */
export class ClientSideSessionBackend<
  const TSource extends SessionSource,
> extends v2.ClientSideSessionBackend<TSource> {
  constructor(options: ClientSideSessionOptions<TSource>) {
    assertTyped(options);
    super(options);
  }
}

/**
 * See `ServerSideSessionBackend` of v2. `session` is required.
 *
 * @throws SessionConfigError when `session` is missing, or another option can't work.
 *
 * @example
 * ```ts
 * const backend = new ServerSideSessionBackend({ store, session: appSession });
 * ```
 */
export class ServerSideSessionBackend<
  const TSource extends SessionSource,
> extends v2.ServerSideSessionBackend<TSource> {
  constructor(options: ServerSideSessionOptions<TSource>) {
    assertTyped(options);
    super(options);
  }
}

function assertTyped(options: object): void {
  if (Object.hasOwn(options, "session")) return;
  throw new SessionConfigError("session", "is missing", "Sessions are typed in v3: give a schema or a definition.");
}
