import type { ServerResponse } from "node:http";
import { commitSession, type SessionHeaders } from "../commit-session.js";
import { SessionError } from "../errors.js";
import type { SessionHandle } from "../session-handle.js";
import type { MaybePromise } from "../types.js";
import { addSessionHeaders, setHeaderArguments } from "./node-headers.js";
import { unlessFailed } from "./unless-failed.js";

/** What is to be saved with a response: see `SessionHandle`. */
export type SessionCommit = Pick<SessionHandle<unknown>, "commit" | "commitLate">;

/**
 * Commits a session before the response's headers are sent, and holds the response back until that is done: a redirect
 * must not arrive before the session that it relies on.
 *
 * @param fail - told why saving failed. What was to be sent is dropped: the framework's error path answers instead.
 */
export function commitBeforeHeaders(
  response: ServerResponse,
  session: SessionCommit,
  fail: (error: Error) => void,
): HeldCommit {
  return new HeldResponse(response, session, fail);
}

/** For frameworks with a place of their own where the response is ready. */
export interface HeldCommit {
  /**
   * Commits there, once. The headers that `done` gets are for the framework to add.
   *
   * @param answered - called instead where another answer waits already for the session to be saved, behind that one
   */
  commitEarly(done: (headers: SessionHeaders) => void, refused: (error: Error) => void, answered?: () => void): void;
}

type Send = (headers: SessionHeaders) => void;

/** A class, since every request makes one: as closures, all of it would be left to be collected. */
class HeldResponse implements HeldCommit {
  readonly #response: ServerResponse;
  readonly #session: SessionCommit;
  readonly #fail: (error: Error) => void;
  readonly #sending: Partial<ServerResponse>;
  #phase: "before" | "saving" | "after" | "dropping" = "before";
  #held: (() => void)[] = [];
  #answered: (() => void) | undefined;
  #heldBytes = 0;
  #isHeadComing = false;
  #isEndHeld = false;
  #isFinal = false;
  #isRefused = false;

  constructor(response: ServerResponse, session: SessionCommit, fail: (error: Error) => void) {
    this.#response = response;
    this.#session = session;
    this.#fail = fail;
    this.#sending = this.#hold(response);
    Object.assign(response, this.#sending);
  }

  commitEarly(done: Send, refused: (error: Error) => void, answered?: () => void): void {
    if (this.#phase === "before") this.#commit(done, refused);
    else if (this.#phase === "saving") this.#answered = answered;
    else done([]);
  }

  /** What waits is sent by these functions again, not by the response's: others may have put theirs around them since. */
  #hold(response: ServerResponse): Partial<ServerResponse> {
    const { writeHead, flushHeaders, write, end } = response;

    const heldWriteHead = (...parameters: unknown[]) => {
      // Whoever finds that no headers were sent yet may ask for them again.
      if (this.#phase === "saving" && this.#isHeadComing) return response;
      const [status] = parameters;
      if (typeof status === "number") response.statusCode = status;
      this.#send(
        (headers) => Reflect.apply(writeHead, response, this.#headArguments(headers, parameters)),
        () => heldWriteHead(...parameters),
      );
      return response;
    };

    const heldFlushHeaders = () => {
      this.#sendWithHeaders(() => flushHeaders.call(response), heldFlushHeaders);
    };

    const heldWrite = (...parameters: unknown[]) => {
      let hasRoom: boolean | undefined;
      this.#sendWithHeaders(
        () => void (hasRoom = Reflect.apply(write, response, parameters)),
        () => heldWrite(...parameters),
      );
      return hasRoom ?? this.#hasRoomFor(parameters[0]);
    };

    const heldEnd = (...parameters: unknown[]) => {
      this.#sendEnd(
        () => Reflect.apply(end, response, parameters),
        () => heldEnd(...parameters),
      );
      this.#isEndHeld = this.#phase === "saving";
      return response;
    };

    return { writeHead: heldWriteHead, flushHeaders: heldFlushHeaders, write: heldWrite, end: heldEnd };
  }

  #commit(then: Send, refused?: (error: Error) => void): void {
    this.#save(() => commitSession(this.#session), then, refused);
  }

  #save(saving: () => MaybePromise<SessionHeaders | void>, then: Send, refused?: (error: Error) => void): void {
    this.#phase = "saving";
    const failed = (error: unknown) => this.#failed(error, refused);
    let pending: MaybePromise<SessionHeaders | void>;
    try {
      pending = unlessFailed(saving, () => this.#response.statusCode >= 500, undefined);
    } catch (error) {
      return failed(error);
    }
    if (pending instanceof Promise) pending.then((headers) => this.#saved(headers, then)).catch(failed);
    else this.#saved(pending, then);
  }

  #saved(headers: SessionHeaders | void, then: Send): void {
    const waiting = this.#release();
    then(headers ?? []);
    for (const send of waiting) send();
    // Writers that were told to wait go on, behind all that was held. Where there is no room yet, Node tells them itself.
    if (!this.#hasRoom() && !this.#response.writableNeedDrain) this.#response.emit("drain");
    this.#heldBytes = 0;
    this.#answered?.();
  }

  #failed(error: unknown, refused?: (error: Error) => void): void {
    this.#release();
    this.#isFinal = true;
    this.#isRefused = true;
    const reason = error instanceof Error ? error : new SessionError("Saving the session failed.", { cause: error });
    if (refused !== undefined) return refused(reason);
    // What the handler still sends in its present turn, such as `end` behind `writeHead`, is dropped as well.
    this.#phase = "dropping";
    queueMicrotask(() => {
      const response = this.#response;
      this.#phase = "after";
      // Compression that was put around them since has seen the response end, and would let no answer through.
      Object.assign(response, this.#sending);
      // The answer is another body.
      if (!response.headersSent) for (const name of ["Content-Encoding", "Content-Length"]) response.removeHeader(name);
      this.#fail(reason);
      this.#answered?.();
    });
  }

  #release(): (() => void)[] {
    const waiting = this.#held;
    this.#held = [];
    this.#phase = "after";
    this.#isEndHeld = false;
    return waiting;
  }

  /**
   * What `write` answers for what is held back. As with Node's own, writers may go on until there is as much of it as the
   * response buffers: some listen for room on what they write through, and that has less than it can take.
   */
  #hasRoomFor(chunk: unknown): boolean {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.#heldBytes += Buffer.byteLength(chunk);
    return this.#hasRoom();
  }

  #hasRoom(): boolean {
    return this.#heldBytes < this.#response.writableHighWaterMark;
  }

  /** Sends now where nothing is to be saved first, else as soon as it is; `again` waits in line meanwhile. */
  #send(now: Send, again: () => void): void {
    const isAnswered = this.#isRefused && this.#response.writableEnded;
    if (this.#phase === "dropping" || isAnswered || this.#isEndHeld) return;
    if (this.#phase === "before" && this.#response.headersSent) this.#phase = "after";
    if (this.#phase === "after") return now([]);
    this.#isHeadComing = true;
    if (this.#phase === "saving") this.#held.push(again);
    else this.#commit(now);
  }

  #sendWithHeaders(now: () => void, again: () => void): void {
    this.#send((headers) => {
      addSessionHeaders(this.#response, headers);
      now();
    }, again);
  }

  #sendEnd(now: () => void, again: () => void): void {
    const isLate = this.#phase === "after" || this.#response.headersSent;
    if (!isLate || this.#isFinal) return this.#sendWithHeaders(now, again);
    this.#isFinal = true;
    this.#save(() => this.#session.commitLate(), now);
  }

  /** What is left to give to `writeHead`: the session's headers are not to be replaced by those that it was given. */
  #headArguments(headers: SessionHeaders, parameters: readonly unknown[]): readonly unknown[] {
    if (headers.length === 0) return parameters;
    const rest = setHeaderArguments(this.#response, parameters);
    addSessionHeaders(this.#response, headers);
    return rest;
  }
}
