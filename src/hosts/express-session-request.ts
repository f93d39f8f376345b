import type { IncomingMessage, ServerResponse } from "node:http";
import { SessionConfigError } from "../errors.js";
import { isObject } from "../is-object.js";
import type { SessionDict } from "../types.js";
import { createOverlay, type Overlay, type OverlaySettings, type StoredForm } from "./overlay.js";

/** The session object that express-session makes, as far as the overlay knows it. */
interface HostSession {
  cookie: unknown;
  save: (callback?: (error?: unknown) => void) => unknown;
  regenerate: (callback: (error?: unknown) => void) => unknown;
  reload: (callback: (error?: unknown) => void) => unknown;
}

/**
 * Overlays the session of one request, and those that take its place: `regenerate` and `reload` make new ones.
 *
 * @returns how to read the session's data in its stored form; `undefined` where the host made no session.
 * @throws SessionConfigError where `request.session` is another library's.
 */
export function overlayRequest(
  request: IncomingMessage,
  response: ServerResponse,
  settings: OverlaySettings,
  fail: (error: unknown) => void,
): (() => SessionDict) | undefined {
  const host = hostSession(request);
  if (host === undefined) {
    assertNobodyElses(request);
    warnIfHostIsMissing(request, response);
    return undefined;
  }
  let overlay = adopt(host);

  function adopt(session: HostSession): Overlay<HostSession> {
    const adopted = createOverlay(session, settings);
    replaceMethod(session, "save", saveInHostForm(adopted, fail));
    for (const method of ["regenerate", "reload"] as const) {
      const original = session[method];
      replaceMethod(session, method, (callback) => original.call(session, adoptSuccessor(callback)));
    }
    return adopted;
  }

  function adoptSuccessor(callback: (error?: unknown) => void): (error?: unknown) => void {
    return (error) => {
      const successor = hostSession(request);
      if (error || successor === undefined || successor === overlay.host) return callback(error);
      try {
        overlay = adopt(successor);
      } catch (refusal) {
        return callback(refusal);
      }
      callback(error);
    };
  }

  saveInHostFormAtEnd(response, () => (hostSession(request) === overlay.host ? overlay : undefined), fail);
  return () => overlay.toStored().data;
}

/** The store gets a copy: it may keep or serialise it later, while the application goes on with the typed session. */
function saveInHostForm(
  { host, toStored, saved }: Overlay<HostSession>,
  fail: (error: unknown) => void,
): HostSession["save"] {
  const { save } = host;
  return (callback) => {
    let form: StoredForm;
    try {
      form = toStored();
    } catch (error) {
      (callback ?? fail)(error);
      return host;
    }
    save.call(copyWithData(host, form.data), (error) => {
      if (!error) saved(form);
      callback?.(error);
    });
    return host;
  };
}

/** The host looks for changes when headers are written and when the response ends: then it must see its own form. */
function saveInHostFormAtEnd(
  response: ServerResponse,
  current: () => Overlay<HostSession> | undefined,
  fail: (error: unknown) => void,
): void {
  const { writeHead, end } = response;
  let isRefused = false;

  function asHost(run: () => void): void {
    const overlay = current();
    if (overlay === undefined) return run();
    if (isRefused) return overlay.asLoaded(run);
    let isRun = false;
    try {
      overlay.inHostForm(() => {
        isRun = true;
        run();
      });
    } catch (error) {
      // The error handlers answer in place of this response; what was loaded then stays as it is.
      isRefused ||= !isRun;
      throw error;
    }
  }

  response.writeHead = (...parameters: unknown[]) => {
    asHost(() => Reflect.apply(writeHead, response, parameters));
    return response;
  };

  response.end = (...parameters: unknown[]) => {
    const wasRefused = isRefused;
    try {
      asHost(() => Reflect.apply(end, response, parameters));
    } catch (error) {
      if (isRefused === wasRefused) throw error;
      fail(error);
    }
    return response;
  };
}

function hostSession(request: IncomingMessage): HostSession | undefined {
  const session: unknown = Reflect.get(request, "session");
  return isHostSession(session) ? session : undefined;
}

function isHostSession(session: unknown): session is HostSession {
  if (!isObject(session) || !("cookie" in session)) return false;
  return ["save", "regenerate", "reload"].every((method) => typeof Reflect.get(session, method) === "function");
}

function replaceMethod<K extends "save" | "regenerate" | "reload">(
  session: HostSession,
  name: K,
  value: HostSession[K],
): void {
  Object.defineProperty(session, name, { value, configurable: true, enumerable: false, writable: true });
}

/** A session object of the host with other data: its own class, its hidden properties, the same cookie. */
function copyWithData(host: HostSession, data: SessionDict): HostSession {
  const hidden = Object.entries(Object.getOwnPropertyDescriptors(host)).filter(([, { enumerable }]) => !enumerable);
  const copy: HostSession = Object.create(Object.getPrototypeOf(host), Object.fromEntries(hidden));
  return Object.assign(copy, { cookie: host.cookie }, data);
}

function assertNobodyElses(request: IncomingMessage): void {
  const session: unknown = Reflect.get(request, "session");
  if (session === undefined || session === null) return;
  throw new SessionConfigError(
    "typed()",
    "of typed-session/express-session found request.session to be another library's",
    "Use the typed() that is named after that library, and only one session library.",
  );
}

let isWarned = false;

/** The host makes no session for paths that it is not for: there is nothing to say while all goes well. */
function warnIfHostIsMissing(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    const isLater = hostSession(request) !== undefined;
    if (isWarned || !(isLater || response.statusCode >= 500)) return;
    isWarned = true;
    const problem = isLater
      ? "typed() ran before express-session, so sessions are not checked."
      : "typed() found no session of express-session for a request that failed.";
    process.emitWarning(`${problem} Mount it behind session().`, { code: "TYPED_SESSION_ORDER" });
  });
}
