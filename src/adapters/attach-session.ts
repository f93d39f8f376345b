import type { BaseSessionBackend } from "../backends/base.js";
import { andThen } from "../maybe-promise.js";
import type { SessionConnection } from "../request.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise, SessionDict } from "../types.js";
import type { EarlyCommit } from "./node-response.js";

/** The engine's session of a framework's request. */
export class AttachedSession {
  readonly handle: SessionHandle<unknown>;
  readonly backend: BaseSessionBackend<unknown>;
  readonly scope: Scope;
  /** Throws where an assignment to `request.session` is not the application's. */
  assertOwn: (() => void) | undefined;
  /** Does something to the session whenever it is handed out. */
  present: ((session: unknown) => void) | undefined;
  /** Saves the session where the framework has a place of its own for that. */
  commitEarly: EarlyCommit | undefined;

  constructor(handle: SessionHandle<unknown>, backend: BaseSessionBackend<unknown>, scope: Scope) {
    this.handle = handle;
    this.backend = backend;
    this.scope = scope;
  }
}

/** The engine's session of a request; `undefined` where it has none. */
export function attachedTo(request: object): AttachedSession | undefined {
  const attached = "_typedSession" in request ? request._typedSession : undefined;
  return attached instanceof AttachedSession ? attached : undefined;
}

/**
 * Gives a request a session, where its prototype has the members of one: see {@link addSessionMembers}.
 *
 * A plain property, written by its name: a `WeakMap` costs the collector of garbage more than all else that a request
 * with a session leaves behind, and a property that is defined turns the request into a slow object.
 */
export function attachSession<TSession>(
  request: object,
  backend: BaseSessionBackend<TSession>,
  handle: SessionHandle<TSession>,
  scope: Scope,
): AttachedSession {
  const holder: { _typedSession?: AttachedSession } = request;
  return (holder._typedSession = new AttachedSession(handle, backend, scope));
}

/**
 * Gives the prototype of a framework's requests the members of a session, once. A request without a session of the engine
 * has none there, and keeps what is assigned, as if they were not there.
 */
export function addSessionMembers(prototype: object): void {
  if (prototypes.has(prototype)) return;
  for (const [name, { get, set }] of Object.entries(sessionMembers)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get(this: object) {
        return attachedTo(this) === undefined ? undefined : get.call(this);
      },
      set(this: object, value: unknown) {
        if (set !== undefined && attachedTo(this) !== undefined) set.call(this, value);
        else Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      },
    });
  }
  prototypes.set(prototype, getterOf(prototype));
}

/** Each with the getter of `session` that it was given. */
const prototypes = new WeakMap<object, (() => unknown) | undefined>();

/** Whether a prototype has the members of a session from {@link addSessionMembers}, and nobody put others there since. */
export function hasSessionMembers(prototype: object): boolean {
  return prototypes.has(prototype) && prototypes.get(prototype) === getterOf(prototype);
}

function getterOf(prototype: object): (() => unknown) | undefined {
  return Object.getOwnPropertyDescriptor(prototype, "session")?.get;
}

/** An attached session in its stored form: the form that schemas check. It may have to be loaded first. */
export function plainSession({ handle, backend, scope }: AttachedSession): MaybePromise<SessionDict> {
  return andThen(handle.load(), (session) => parseSessionText(backend.serializeData(session, scope)) ?? {});
}

function sessionOf(request: object): AttachedSession {
  const attached = attachedTo(request);
  if (attached === undefined) throw new TypeError("The session of another request was asked for.");
  return attached;
}

function getSession(this: object): unknown {
  const { handle, present } = sessionOf(this);
  const session = handle.get();
  present?.(session);
  return session;
}

function setSession(this: object, session: unknown): void {
  const { handle, assertOwn } = sessionOf(this);
  assertOwn?.();
  handle.set(session);
}

/** The members of a session. The same for every request: with its own, each would be an object of another form. */
export const sessionMembers: Readonly<Record<keyof SessionConnection, SessionMember>> = {
  session: { get: getSession, set: setSession, enumerable: true, configurable: true },
  loadSession: method((handle) => () => handle.load()),
  setSession: method((handle) => (session) => handle.set(session)),
  clearSession: method((handle) => () => handle.clear()),
  getSessionId: method((handle) => () => handle.id()),
  regenerateSession: method((handle) => () => handle.regenerateId()),
};

/** A property that asks the request which session it has. */
interface SessionMember extends PropertyDescriptor {
  get(this: object): unknown;
  set?(this: object, session: unknown): void;
}

/** A method that may be taken off its request, as `const { loadSession } = request` does. */
function method(bind: (handle: SessionHandle<unknown>) => (session: unknown) => unknown): SessionMember {
  return {
    enumerable: true,
    configurable: true,
    get(this: object) {
      return bind(sessionOf(this).handle);
    },
  };
}
