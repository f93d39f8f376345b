import type { ServerResponse } from "node:http";
import { commitSession, type SessionHeaders } from "../commit-session.js";
import type { SessionHandle } from "../session-handle.js";
import { toError } from "../to-error.js";
import type { MaybePromise } from "../types.js";
import { addSessionHeaders, setHeaderArguments } from "./node-headers.js";

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
  #kept: object | undefined;
  #answered: (() => void) | undefined;
  #heldBytes = 0;
  #isFinal = false;

  constructor(response: ServerResponse, session: SessionCommit, fail: (error: Error) => void) {
    this.#response = response;
    this.#session = session;
    this.#fail = fail;
    this.#sending = this.#hold(response);
    Object.assign(response, this.#sending);
  }

  commitEarly(done: Send, refused: (error: Error) => void, answered?: () => void): void {
    if (this.#phase === "before") this.#commit(done, refused);
    else if (this.#phase === "after") done([]);
    else this.#answered = answered;
  }

  /** What waits is sent by these functions again, not by the response's: others may have put theirs around them since. */
  #hold(response: ServerResponse): Partial<ServerResponse> {
    const { writeHead, flushHeaders, write, end } = response;

    const heldWriteHead = (...parameters: unknown[]) => {
      if (this.#kept !== undefined) {
        response.removeHeader(""); // Refused behind a head, as a second one is to be; behind an end ignored.
        return response;
      }
      response.statusCode = Number(parameters[0]) || response.statusCode;
      this.#send(
        (headers) => Reflect.apply(writeHead, response, this.#headArguments(headers, parameters)),
        () => heldWriteHead(...parameters),
      );
      return response;
    };

    const heldFlushHeaders = () => {
      // As Node's own does: compression learns of the head by that.
      if (!response.headersSent) response.writeHead(response.statusCode);
      this.#send(() => flushHeaders.call(response), heldFlushHeaders);
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
      if (this.#phase !== "saving") return response;
      // The answer is whole. Whoever finds an error yet must not break the connection off, as Express does behind a head.
      this.#phase = "dropping";
      const ignore = () => response;
      this.#showInstead(null, { setHeader: ignore, appendHeader: ignore, removeHeader: ignore });
      return response;
    };

    return { writeHead: heldWriteHead, flushHeaders: heldFlushHeaders, write: heldWrite, end: heldEnd };
  }

  #commit(then: Send, refused?: (error: Error) => void): void {
    this.#save(() => commitSession(this.#session), then, refused);
  }

  #save(saving: () => MaybePromise<SessionHeaders | void>, then: Send, refused?: (error: Error) => void): void {
    this.#phase = "saving";
    const saved = (headers: SessionHeaders | void) => this.#saved(headers ?? [], then, this.#release());
    const failed = (error: unknown) => {
      const waiting = this.#release();
      // A response that says already that the request failed is not replaced: the first error counts.
      if (this.#response.statusCode >= 500) this.#saved([], then, waiting);
      else this.#failed(error, refused);
    };
    let pending: MaybePromise<SessionHeaders | void>;
    try {
      pending = saving();
    } catch (error) {
      return failed(error);
    }
    if (pending instanceof Promise) pending.then(saved, failed).catch((error) => this.#failed(error, refused));
    else saved(pending);
  }

  #saved(headers: SessionHeaders, then: Send, waiting: readonly (() => void)[]): void {
    then(headers);
    for (const send of waiting) send();
    // Writers that were told to wait go on, behind all that was held. Where there is no room yet, Node tells them itself.
    if (!this.#hasRoom() && !this.#response.writableNeedDrain) this.#response.emit("drain");
    this.#heldBytes = 0;
    this.#answered?.();
  }

  #failed(error: unknown, refused?: (error: Error) => void): void {
    this.#isFinal = true;
    const reason = toError(error);
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

  /**
   * Until what waits is sent, the response looks as if it were: its head can't be changed any more, and is sent as it is
   * now. Node's own functions go by `_header`, and so does `headersSent`.
   */
  #showInstead(_header: string | null, members?: Partial<ServerResponse>): void {
    const response = this.#response;
    // A response of HTTP/2 has getters in their place.
    const fields = Object.hasOwn(response, "_header") ? ["_header", "statusMessage"] : [];
    const changed = [...fields, "statusCode", "setHeader", "appendHeader", "removeHeader"];
    this.#kept ??= Object.fromEntries(changed.map((name) => [name, Reflect.get(response, name)]));
    Object.assign(response, members, fields[0] && { _header });
  }

  #release(): (() => void)[] {
    const waiting = this.#held;
    this.#held = [];
    Object.assign(this.#response, this.#kept);
    this.#kept = undefined;
    this.#phase = "after";
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
    if (this.#phase === "dropping" || (this.#isFinal && this.#response.writableEnded)) return;
    if (this.#isLate()) return now([]);
    if (this.#phase === "saving") this.#held.push(again);
    else this.#commit(now);
    if (this.#phase === "saving") this.#showInstead(" ");
  }

  /** The head may also have gone by a way that is not ours. */
  #isLate(): boolean {
    if (this.#phase === "before" && this.#response.headersSent) this.#phase = "after";
    return this.#phase === "after";
  }

  #sendWithHeaders(now: () => void, again: () => void): void {
    this.#send((headers) => {
      addSessionHeaders(this.#response, headers);
      now();
    }, again);
  }

  #sendEnd(now: () => void, again: () => void): void {
    if (!this.#isLate() || this.#isFinal) return this.#sendWithHeaders(now, again);
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
