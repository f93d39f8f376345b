import type { BaseSessionBackend } from "../backends/base.js";
import { andThen } from "../maybe-promise.js";
import type { SessionConnection } from "../request.js";
import type { Scope } from "../scope.js";
import { parseSessionText } from "../serialization.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise, SessionDict } from "../types.js";
import type { EarlyCommit } from "./node-response.js";
import { createSlot } from "./slot.js";

/** The engine's session of a framework's request. */
export interface AttachedSession {
  readonly handle: SessionHandle<unknown>;
  readonly backend: BaseSessionBackend<unknown>;
  readonly scope: Scope;
  /** Throws where an assignment to `request.session` is not the application's. */
  readonly assertOwn: (() => void) | undefined;
  /** Does something to the session whenever it is handed out. */
  present?: (session: unknown) => void;
  /** Saves the session where the framework has a place of its own for that. */
  commitEarly?: EarlyCommit;
}

const attachedSession = createSlot<AttachedSession>("typed-session");

/** The engine's session of a request; `undefined` where it has none. */
export function attachedTo(request: object): AttachedSession | undefined {
  return attachedSession.get(request);
}

/** Whether `request.session` is the engine's still. A library that ran later may have put its own there. */
export function holdsSession(request: object): boolean {
  return Object.getOwnPropertyDescriptor(request, "session")?.get === getSession;
}

/** Gives a framework's request the members of a session, and `requireSession` what it checks. */
export function attachSession<TSession>(
  request: object,
  backend: BaseSessionBackend<TSession>,
  handle: SessionHandle<TSession>,
  scope: Scope,
  assertOwn?: () => void,
): void {
  attachBehindMembers(request, backend, handle, scope, assertOwn);
  Object.defineProperties(request, sessionMembers);
}

/** As {@link attachSession}, for a request whose prototype has the members already. */
export function attachBehindMembers<TSession>(
  request: object,
  backend: BaseSessionBackend<TSession>,
  handle: SessionHandle<TSession>,
  scope: Scope,
  assertOwn?: () => void,
): AttachedSession {
  const attached = { handle, backend, scope, assertOwn };
  attachedSession.set(request, attached);
  return attached;
}

/** An attached session in its stored form: the form that schemas check. It may have to be loaded first. */
export function plainSession({ handle, backend, scope }: AttachedSession): MaybePromise<SessionDict> {
  return andThen(handle.load(), (session) => parseSessionText(backend.serializeData(session, scope)) ?? {});
}

function handleOf(request: object): SessionHandle<unknown> {
  return sessionOf(request).handle;
}

function sessionOf(request: object): AttachedSession {
  const attached = attachedSession.get(request);
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
      return bind(handleOf(this));
    },
  };
}
