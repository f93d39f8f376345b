import type { BaseSessionBackend } from "../backends/base.js";
import { andThen } from "../maybe-promise.js";
import type { SessionConnection } from "../request.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise, SessionDict } from "../types.js";
import type { HeldCommit } from "./node-response.js";

/** The engine's session of a framework's request. */
export class AttachedSession {
  readonly handle: SessionHandle<unknown>;
  readonly backend: BaseSessionBackend<unknown>;
  readonly scope: Scope;
  /** Does something to the session whenever it is handed out. */
  present: ((session: unknown) => void) | undefined;
  /** The response that waits for it, where the framework has a place of its own to save it. */
  held: HeldCommit | undefined;

  constructor(handle: SessionHandle<unknown>, backend: BaseSessionBackend<unknown>, scope: Scope) {
    this.handle = handle;
    this.backend = backend;
    this.scope = scope;
  }
}

/** The engine's session of a request; `undefined` where it has none. */
export function attachedTo(request: object): AttachedSession | undefined {
  const { _typedSession: attached }: { _typedSession?: unknown } = request;
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

/** As {@link attachSession}, for a request of its own: its prototype belongs to all programs of the process. */
export function attachSessionWithMembers<TSession>(
  request: object,
  backend: BaseSessionBackend<TSession>,
  handle: SessionHandle<TSession>,
  scope: Scope,
): AttachedSession {
  addSessionMembers(request);
  return attachSession(request, backend, handle, scope);
}

/** Whether another library put a session on a request itself, and not on its prototype, as {@link addSessionMembers} does. */
export function hasSessionOfAnother(request: object): boolean {
  return Object.hasOwn(request, "session") && !hasSessionMembers(request);
}

/** Gives the prototype of a framework's requests, or a request, the members of a session, once. */
export function addSessionMembers(holder: object, members: PropertyDescriptorMap = sessionMembers): void {
  if (!hasSessionMembers(holder)) Object.defineProperties(holder, members);
}

/** Whether a request, or a prototype, has the members of a session itself, and nobody put others there since. */
export function hasSessionMembers(holder: object): boolean {
  return Object.getOwnPropertyDescriptor(holder, "session")?.get === sessionMembers.session.get;
}

/** An attached session in its stored form: the form that schemas check. It may have to be loaded first. */
export function plainSession({ handle, backend, scope }: AttachedSession): MaybePromise<SessionDict> {
  return andThen(handle.load(), (session) => parseSessionText(backend.serializeData(session, scope)) ?? {});
}

/** A property that asks the request which session it has. */
export interface SessionMember extends PropertyDescriptor {
  get(this: object): unknown;
  set(this: object, value: unknown): void;
}

/**
 * The members of a session. The same for every request: with its own, each would be an object of another form. A request
 * without a session of the engine has none there, and keeps what is assigned, as if they were not there. Methods may be
 * taken off their request, as `const { loadSession } = request` does.
 */
export const sessionMembers: Readonly<Record<keyof SessionConnection, SessionMember>> = {
  session: member("session", getSession, ({ handle }, session) => handle.set(session)),
  loadSession: method("loadSession", (handle) => handle.load()),
  setSession: method("setSession", (handle, session) => handle.set(session)),
  clearSession: method("clearSession", (handle) => handle.clear()),
  getSessionId: method("getSessionId", (handle) => handle.id()),
  regenerateSession: method("regenerateSession", (handle) => handle.regenerateId()),
};

function method(name: string, call: (handle: SessionHandle<unknown>, value: unknown) => unknown): SessionMember {
  return member(
    name,
    ({ handle }) =>
      (value: unknown) =>
        call(handle, value),
  );
}

function getSession({ handle, present }: AttachedSession): unknown {
  const session = handle.get();
  present?.(session);
  return session;
}

/**
 * A property of requests with a session, and of no others.
 *
 * @param get - what it holds there
 * @param set - what assigning to it does there; left out, it then holds what was assigned
 */
export function member(
  name: string,
  get: (attached: AttachedSession) => unknown,
  set?: (attached: AttachedSession, value: unknown) => void,
): SessionMember {
  return {
    enumerable: true,
    configurable: true,
    get() {
      const attached = attachedTo(this);
      return attached && get(attached);
    },
    set(value) {
      const attached = attachedTo(this);
      if (attached !== undefined && set !== undefined) set(attached, value);
      else Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
    },
  };
}
