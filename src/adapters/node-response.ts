import type { ServerResponse } from "node:http";
import { SessionError } from "../errors.js";
import { commitSession, type SessionHeaders } from "../middleware.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise } from "../types.js";
import { addSessionHeaders, setHeaderArguments } from "./node-headers.js";

/** What is to be saved with a response: see `SessionHandle`. */
export interface ResponseCommit {
  /** Saves what changed. Its headers are added to the response's. */
  commit(): MaybePromise<SessionHeaders>;
  /** Saves what changed after the headers were sent. */
  commitLate(): MaybePromise<void>;
}

/** The commit of a session. */
export function commitOf(handle: SessionHandle<unknown>): ResponseCommit {
  return { commit: () => commitSession(handle), commitLate: () => handle.commitLate() };
}

/** Commits ahead of the response; `done` gets the headers that it needs. Shaped for `new Promise(commit)`. */
export type EarlyCommit = (done: (headers: SessionHeaders) => void, refused: (error: Error) => void) => void;

/**
 * Commits a session before the response's headers are sent, and holds the response back until that is done: a redirect
 * must not arrive before the session that it relies on.
 *
 * @param fail - told why saving failed. What was to be sent is dropped: the framework's error path answers instead.
 * @returns for frameworks with a place of their own where the response is ready: commits there, once.
 */
export function commitBeforeHeaders(
  response: ServerResponse,
  { commit, commitLate }: ResponseCommit,
  fail: (error: Error) => void,
): EarlyCommit {
  const { writeHead, flushHeaders, write, end } = response;
  let phase: "before" | "saving" | "after" | "dropping" = "before";
  let held: (() => void)[] = [];
  let isFinal = false;
  let isRefused = false;
  let isWriterWaiting = false;
  let hasHeaders = false;

  function save<T>(saving: () => MaybePromise<T>, then: (saved: T) => void, refused = failLater): void {
    phase = "saving";
    const saved = (result: T) => {
      phase = "after";
      then(result);
      const waiting = held;
      held = [];
      for (const send of waiting) send();
      tellWriters();
    };
    const failed = (error: unknown) => {
      phase = "after";
      isFinal = true;
      isRefused = true;
      held = [];
      refused(error instanceof Error ? error : new SessionError("Saving the session failed.", { cause: error }));
    };
    try {
      const pending = saving();
      if (pending instanceof Promise) pending.then(saved, failed);
      else saved(pending);
    } catch (error) {
      failed(error);
    }
  }

  /** Writers that were told to wait go on, behind all that was held. Where there is no room yet, Node tells them itself. */
  function tellWriters(): void {
    if (isWriterWaiting && !response.writableNeedDrain) response.emit("drain");
    isWriterWaiting = false;
  }

  /** What the handler still sends in its present turn, such as `end` behind `writeHead`, is dropped as well. */
  function failLater(error: Error): void {
    phase = "dropping";
    queueMicrotask(() => {
      phase = "after";
      fail(error);
    });
  }

  /** A response that says already that the request failed is not replaced by another: the first error counts. */
  function unlessFailed<T>(saving: () => MaybePromise<T>, nothing: T): MaybePromise<T> {
    const giveUp = (error: unknown): T => {
      if (response.statusCode < 500) throw error;
      return nothing;
    };
    try {
      const pending = saving();
      return pending instanceof Promise ? pending.catch(giveUp) : pending;
    } catch (error) {
      return giveUp(error);
    }
  }

  /** Sends now where nothing is to be saved first, else as soon as it is; `again` waits in line meanwhile. */
  function send(now: (headers: SessionHeaders) => void, again: () => void): void {
    const isAnswered = isRefused && response.writableEnded;
    if (phase === "dropping" || isAnswered) return;
    if (phase === "after") now([]);
    else if (phase === "saving") held.push(again);
    else save(() => unlessFailed(commit, []), now);
  }

  function addHeaders(headers: SessionHeaders): void {
    hasHeaders ||= headers.length > 0;
    addSessionHeaders(response, headers);
  }

  function sendWithHeaders(now: () => void, again: () => void): void {
    send((headers) => {
      addHeaders(headers);
      now();
    }, again);
  }

  function sendEnd(now: () => void, again: () => void): void {
    if (phase !== "after" || isFinal) return sendWithHeaders(now, again);
    isFinal = true;
    save(() => unlessFailed(commitLate, undefined), now);
  }

  response.writeHead = (...parameters: unknown[]) => {
    const [status] = parameters;
    if (typeof status === "number") response.statusCode = status;
    send(
      (headers) => {
        const isAlone = headers.length === 0 && !hasHeaders;
        const rest = isAlone ? parameters : setHeaderArguments(response, parameters);
        addHeaders(headers);
        Reflect.apply(writeHead, response, rest);
      },
      () => Reflect.apply(response.writeHead, response, parameters),
    );
    return response;
  };

  response.flushHeaders = () => {
    sendWithHeaders(
      () => flushHeaders.call(response),
      () => response.flushHeaders(),
    );
  };

  response.write = (...parameters: unknown[]) => {
    let hasRoom = false;
    sendWithHeaders(
      () => void (hasRoom = Reflect.apply(write, response, parameters)),
      () => Reflect.apply(response.write, response, parameters),
    );
    isWriterWaiting ||= phase === "saving";
    return hasRoom;
  };

  response.end = (...parameters: unknown[]) => {
    sendEnd(
      () => Reflect.apply(end, response, parameters),
      () => Reflect.apply(response.end, response, parameters),
    );
    return response;
  };

  return (done, refused) => {
    if (phase !== "before") return done([]);
    save(
      commit,
      (headers) => {
        hasHeaders = headers.length > 0;
        done(headers);
      },
      refused,
    );
  };
}
