import type { SessionHandle } from "./session-handle.js";
import type { TypeDecoders, TypeEncoders } from "./serialization.js";

/**
 * One level of an application: the route, its router, the application. What a level does not say, its parent may.
 */
export interface Layer {
  /** How values of further classes are written. Those of a level come before those of its parent. */
  readonly typeEncoders?: TypeEncoders | undefined;
  /** How session classes are made. Those of a level come before those of its parent. */
  readonly typeDecoders?: TypeDecoders | undefined;
  /** Free options of the route, such as `{ skipSession: true }`: see the backend option `excludeOptKey`. */
  readonly opt?: Readonly<Record<string, unknown>> | undefined;
  /** The level around this one: the router of a route, the application of a router. */
  readonly parent?: Layer | undefined;
}

/** What a connection is to a session backend: plain data, whatever the framework. */
export interface Scope {
  /** The kind of connection. */
  readonly type: "http" | "websocket";
  /** The request's method; `GET` for a WebSocket's handshake. */
  readonly method: string;
  /** The path as the client sent it, without the query. */
  readonly path: string;
  /** Header values by lower-case name. Several headers of one name are joined as HTTP joins them. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whether the browser's connection is encrypted, as far as the framework knows. Left out: unknown. */
  readonly secure?: boolean | undefined;
  /** The level that serves the connection: the route where it is known, else the application. */
  readonly layer?: Layer | undefined;
  /** The authenticated user, where the application's own middleware found one. */
  readonly user?: unknown;
  /** Further authentication data, of the application's own middleware. */
  readonly auth?: unknown;
  /** Free data of the connection. */
  readonly state?: object;
  /** Put there by the middleware. */
  session?: SessionHandle<unknown>;
}

/** The encoders in force for a connection: those of its route before those of the application. */
export function resolveTypeEncoders(scope: Scope): TypeEncoders {
  return resolve(scope.layer, (layer) => layer.typeEncoders);
}

/** The decoders in force for a connection: those of its route before those of the application. */
export function resolveTypeDecoders(scope: Scope): TypeDecoders {
  return resolve(scope.layer, (layer) => layer.typeDecoders);
}

/** An option of the route or of a level above it. */
export function resolveOpt(scope: Scope, key: string): unknown {
  for (let layer = scope.layer; layer !== undefined; layer = layer.parent) {
    if (layer.opt !== undefined && Object.hasOwn(layer.opt, key)) return layer.opt[key];
  }
  return undefined;
}

function resolve<T>(nearest: Layer | undefined, read: (layer: Layer) => readonly T[] | undefined): readonly T[] {
  const own = nearest === undefined ? [] : (read(nearest) ?? []);
  return nearest?.parent === undefined ? own : [...own, ...resolve(nearest.parent, read)];
}
