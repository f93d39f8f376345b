import type { ServerResponse } from "node:http";
import { commitSession, type SessionHeaders } from "../middleware.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise } from "../types.js";
import { addSessionHeaders, setHeaderArguments } from "./node-headers.js";

/**
 * Commits a session before the response's headers are sent, and holds the response back until that is done: a redirect
 * must not arrive before the session that it relies on.
 *
 * @param fail - told why saving failed. What was to be sent is dropped: the framework's error path answers instead.
 */
export function commitBeforeHeaders(
  response: ServerResponse,
  handle: SessionHandle<unknown>,
  fail: (error: unknown) => void,
): void {
  const { writeHead, flushHeaders, write, end } = response;
  let phase: "before" | "saving" | "after" = "before";
  let held: (() => void)[] = [];
  let isFinal = false;

  function save<T>(saving: () => MaybePromise<T>, then: (saved: T) => void): void {
    phase = "saving";
    const saved = (result: T) => {
      phase = "after";
      then(result);
      const waiting = held;
      held = [];
      for (const send of waiting) send();
    };
    const failed = (error: unknown) => {
      phase = "after";
      isFinal = true;
      held = [];
      fail(error);
    };
    try {
      const pending = saving();
      if (pending instanceof Promise) pending.then(saved, failed);
      else saved(pending);
    } catch (error) {
      failed(error);
    }
  }

  /** Sends now where nothing is to be saved first, else as soon as it is; `again` waits in line meanwhile. */
  function send(now: (headers: SessionHeaders) => void, again: () => void): void {
    if (phase === "after") now([]);
    else if (phase === "saving") held.push(again);
    else save(() => commitSession(handle), now);
  }

  function sendWithHeaders(now: () => void, again: () => void): void {
    send((headers) => {
      addSessionHeaders(response, headers);
      now();
    }, again);
  }

  function sendEnd(now: () => void, again: () => void): void {
    if (phase !== "after" || isFinal) return sendWithHeaders(now, again);
    isFinal = true;
    save(() => handle.commitLate(), now);
  }

  response.writeHead = (...parameters: unknown[]) => {
    send(
      (headers) => {
        const status = setHeaderArguments(response, parameters);
        addSessionHeaders(response, headers);
        Reflect.apply(writeHead, response, status);
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
    let isHeld = true;
    sendWithHeaders(
      () => {
        hasRoom = Reflect.apply(write, response, parameters);
        isHeld = false;
      },
      () => {
        Reflect.apply(response.write, response, parameters);
        response.emit("drain");
      },
    );
    return !isHeld && hasRoom;
  };

  response.end = (...parameters: unknown[]) => {
    sendEnd(
      () => Reflect.apply(end, response, parameters),
      () => Reflect.apply(response.end, response, parameters),
    );
    return response;
  };
}
