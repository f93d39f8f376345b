import { request, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import compression from "compression";
import express from "express";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClientSideSessionBackend, ServerSideSessionBackend } from "../backends/index.js";
import { campaignSize } from "../campaign.fixture.js";
import { serve } from "../http-client.fixture.js";
import { farStore } from "../stores/far-store.fixture.js";
import { settled } from "../stores/gate.fixture.js";
import { MemoryStore, type Store } from "../stores/index.js";
import { sessions } from "./express.js";

/** What a handler may do with its response, once the last answer is not out yet: well, or by mistake. */
const steps: Record<string, (response: express.Response) => unknown> = {
  "status 201": (response) => response.status(201),
  "status 404": (response) => response.status(404),
  statusMessage: (response) => (response.statusMessage = "Mine"),
  "set X-A": (response) => response.set("X-A", "1"),
  "set X-B": (response) => response.set("X-B", "2"),
  "append X-A": (response) => response.append("X-A", "3"),
  "remove X-A": (response) => response.removeHeader("X-A"),
  cookie: (response) => response.cookie("theme", "dark"),
  type: (response) => response.type("text"),
  "write text": (response) => response.write("piece "),
  "write bytes": (response) => response.write(Buffer.from("bytes ")),
  writeHead: (response) => response.writeHead(202, { "X-C": "1" }),
  "writeHead with a message": (response) => response.writeHead(203, "Taken"),
  flushHeaders: (response) => response.flushHeaders(),
  end: (response) => response.end(),
  "end with text": (response) => response.end("last"),
  json: (response) => response.json({ tea: "green" }),
  send: (response) => response.send("tea"),
  redirect: (response) => response.redirect("/elsewhere"),
  "answer where nothing was sent": (response) => !response.headersSent && response.send("another"),
  wait: () => settled(),
  throw: () => {
    throw new Error("thrown");
  },
};

interface Step {
  readonly name: string;
  /** Whether the handler goes on where the step throws. */
  readonly isCaught: boolean;
}

function plansOf(names: readonly string[]): fc.Arbitrary<readonly Step[]> {
  return fc.array(fc.record({ name: fc.constantFrom(...names), isCaught: fc.boolean() }), { maxLength: 7 });
}

const ours: Record<string, () => express.RequestHandler> = {
  "an encrypted cookie": () => sessions(new ClientSideSessionBackend({ secret: "s".repeat(32), secure: false })),
  "a store in memory": () => sessionsIn(new MemoryStore()),
  "a store elsewhere": () => sessionsIn(farStore()),
  "a store far away": () => sessionsIn(farStore(async () => void (await settled(), await settled(), await settled()))),
};

function sessionsIn(store: Store): express.RequestHandler {
  return sessions(new ServerSideSessionBackend({ store, secure: false }));
}

const useSession: express.RequestHandler = (visited, _response, next) => {
  visited.session["visits"] = 1;
  next();
};

describe.each(Object.entries(ours))("sessions in %s", (_ours, create) => {
  test("whatever a handler does, the answer is that without sessions", () =>
    compareAnswers([], [create(), useSession], plansOf(Object.keys(steps)), () => true));

  // Compression takes its time. What happens meanwhile to an answer that is whole is a matter of luck without sessions.
  const inOneTurn = plansOf(Object.keys(steps).filter((name) => name !== "wait"));
  const isSettled = (answer: unknown) => answer !== brokenOff;

  test("neither behind compression", () =>
    compareAnswers([compress()], [compress(), create(), useSession], inOneTurn, isSettled));

  test("nor before compression", () =>
    compareAnswers([compress()], [create(), useSession, compress()], inOneTurn, isSettled));
});

function compress(): express.RequestHandler {
  return compression({ threshold: 0 });
}

/** @param counts - whether the sessions are to leave such an answer of the application without sessions as it is */
async function compareAnswers(
  without: readonly express.RequestHandler[],
  withSessions: readonly express.RequestHandler[],
  plans: fc.Arbitrary<readonly Step[]>,
  counts: (answer: unknown) => boolean,
): Promise<void> {
  const [expected, actual] = [await applicationWith(without), await applicationWith(withSessions)];
  const property = fc.asyncProperty(fc.constantFrom("GET", "HEAD"), plans, async (method, plan) => {
    // The head is all there is of that answer. Without sessions, it is out before the handler fails.
    fc.pre(method === "GET" || !plan.some(({ name }) => name === "flushHeaders"));
    const answer = await expected(method, plan);
    if (counts(answer)) expect(await actual(method, plan)).toEqual(answer);
  });
  await fc.assert(property, { numRuns: campaignSize(150, 2000) });
}

/** Serves an application of which each request goes through the steps that it is sent with. */
async function applicationWith(
  before: readonly express.RequestHandler[],
): Promise<(method: string, plan: readonly Step[]) => Promise<unknown>> {
  let current: readonly Step[] = [];
  const app = express().set("env", "test");
  for (const each of before) app.use(each);
  app.use((_request, response) => follow(current, response));
  app.use(((error, _request, response, next) => {
    if (response.headersSent) next(error);
    else response.status(500).send("failed");
  }) satisfies express.ErrorRequestHandler);
  const origin = await serve(app);
  return async (method, plan) => {
    current = plan;
    return answerFrom(origin, method);
  };
}

async function follow(plan: readonly Step[], response: express.Response): Promise<void> {
  for (const { name, isCaught } of plan) {
    // Whoever writes behind the end takes the process down.
    if (response.writableEnded && /write |end|json|send|redirect/.test(name)) continue;
    try {
      await steps[name]?.(response);
    } catch (error) {
      if (!isCaught) throw error;
    }
  }
  if (!response.writableEnded) response.end("!");
}

const brokenOff = "broken off";

/** The answer, as far as the application decides it; or that the connection was broken off. */
async function answerFrom(origin: string, method: string): Promise<unknown> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { "Accept-Encoding": "gzip" };
      request(origin, { method, agent: false, headers }, resolve).on("error", reject).end();
    });
    const body = await buffer(response);
    const isCompressed = response.headers["content-encoding"] === "gzip";
    return {
      status: response.statusCode,
      message: response.statusMessage,
      headers: ofTheApplication(response),
      body: (isCompressed && body.length > 0 ? gunzipSync(body) : body).toString(),
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ECONNRESET") return brokenOff;
    throw error;
  }
}

function ofTheApplication({ rawHeaders }: IncomingMessage): readonly string[] {
  const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
  return pairs.filter((pair) => !/^(?:Date|Cache-Control|Vary|Set-Cookie: session)/.test(pair)).sort();
}
