import { connect, type Http2Server, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import express from "express";
import fastify, { type RouteHandlerMethod } from "fastify";
import Koa from "koa";
import { describe, expect, onTestFinished, test } from "vitest";
import { ServerSideSessionBackend } from "../backends/index.js";
import { serve } from "../http-client.fixture.js";
import { farStore } from "../stores/far-store.fixture.js";
import { settled } from "../stores/gate.fixture.js";
import { MemoryStore, type Store } from "../stores/index.js";
import { sessions } from "./express.js";
import { sessions as fastifySessions } from "./fastify.js";
import { sessions as koaSessions } from "./koa.js";

/** What handlers do in one turn, whether well or by mistake. With a session, all of it waits until that is saved. */
const handlers: Record<string, express.RequestHandler> = {
  "two answers": (_request, response) => {
    response.status(201).json(["a long first answer"]);
    response.status(404).set("X-Second", "1").send("short");
  },
  "two answers of which the second asks first": (_request, response) => {
    response.json(["first"]);
    if (!response.headersSent) response.status(404).type("text").send("second");
  },
  "an answer, then an error": (_request, response) => {
    response.json(["first"]);
    throw new Error("too late");
  },
  "a head and an answer, then an error": (_request, response) => {
    response.writeHead(202, "Taken", { "X-First": "1" }).end("first");
    throw new Error("too late");
  },
  "a part, then an error": (_request, response) => {
    response.set("Content-Length", "5").write("part");
    throw new Error("no end");
  },
  "a head, then an error": (_request, response) => {
    response.writeHead(202);
    throw new Error("no end");
  },
  "a status and a header behind a part": (_request, response) => {
    response.status(202).write("first ");
    response.status(500);
    response.end(refusal(() => response.setHeader("X-Late", "1")));
  },
  "a status and a header behind the head": (_request, response) => {
    response.writeHead(202, "Taken");
    response.statusMessage = "Lost";
    response.end(refusal(() => response.removeHeader("X-Powered-By")));
  },
  "a header behind flushed headers": (_request, response) => {
    response.flushHeaders();
    response.end(refusal(() => response.appendHeader("X-Late", "1")));
  },
  "headers behind the end": (_request, response) => {
    response.set("X-First", "1").end("first");
    response.statusCode = 500;
    refusal(() => response.setHeader("X-First", "2"));
    refusal(() => response.removeHeader("X-First"));
  },
  "an answer behind a redirect": (_request, response) => {
    response.redirect("/elsewhere");
    if (!response.writableEnded) response.end("second");
  },
};

const errorPaths: Record<string, express.ErrorRequestHandler[]> = {
  "Express's own": [],
  "one that always answers": [(_error, _request, response, _next) => void response.status(500).json("failed")],
  "one that asks first": [
    (error, _request, response, next) => {
      if (response.headersSent) next(error);
      else response.status(500).json("failed");
    },
  ],
};

describe.each(Object.entries(errorPaths))("with an error path, %s", (_path, errorPath) => {
  test.each(Object.entries(handlers))("the answer is that of Express alone: %s", async (_name, handler) => {
    const alone = await answerOf([], handler, errorPath);
    expect(await answerOf([sessionsIn()], handler, errorPath)).toEqual(alone);
  });
});

test.each(Object.entries(errorPaths))(
  "a head without a status is an error as with Express alone: %s",
  async (_path, errorPath) => {
    const handler: express.RequestHandler = (_request, response) => {
      Reflect.apply(response.writeHead, response, []);
    };
    const failure = { status: 500, message: "Internal Server Error" };
    expect(await answerOf([], handler, errorPath)).toMatchObject(failure);
    expect(await answerOf([sessionsIn(new MemoryStore())], handler, errorPath)).toMatchObject(failure);
  },
);

/** What no longer counts, since the answer is made. */
const behindTheAnswer: Record<string, (response: express.Response) => void> = {
  nothing: () => {},
  "another status": (response) => void response.status(503),
  "another answer": (response) => void response.status(503).json("second"),
  "an error": () => {
    throw new Error("too late");
  },
};

test.each(Object.entries(behindTheAnswer))(
  "an answer whose session can't be saved is an error; behind it, %s",
  async (_name, behind) => {
    const handler: express.RequestHandler = (_request, response) => {
      response.status(201).json(["first"]);
      behind(response);
    };
    const failing = farStore(() => settled().then(() => Promise.reject(new Error("The database is away"))));
    const answer = await answerOf([sessionsIn({ ...farStore(), set: failing.set })], handler, []);
    expect(answer).toMatchObject({ status: 500, body: expect.stringMatching(/The database is away|too late/) });
  },
);

function sessionsIn(store: Store = farStore()): express.RequestHandler[] {
  const use: express.RequestHandler = (request, _response, next) => {
    request.session["visits"] = 1;
    next();
  };
  return [sessions(lateBackend(store)), use];
}

function lateBackend(store: Store = farStore()): ServerSideSessionBackend {
  return new ServerSideSessionBackend({ store, secure: false });
}

async function answerOf(
  before: express.RequestHandler[][],
  handler: express.RequestHandler,
  errorPath: express.ErrorRequestHandler[],
): Promise<unknown> {
  const app = express().set("env", "test");
  app.use(...before.flat(), handler, ...errorPath);
  return answerFrom(await serve(app));
}

/** The answer, as far as the application decides it; or that the connection was broken off. */
async function answerFrom(origin: string): Promise<unknown> {
  const ofSessions = ["date", "cache-control", "set-cookie", "vary"];
  try {
    const response = await fetch(origin, { redirect: "manual" });
    const headers = [...response.headers].filter(([name]) => !ofSessions.includes(name));
    return { status: response.status, message: response.statusText, headers, body: await response.text() };
  } catch {
    return "broken off";
  }
}

/** The code of the error with which a call is refused. */
function refusal(call: () => unknown): string {
  try {
    call();
    return "allowed";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "another error";
  }
}

const koaHandlers: Record<string, Koa.Middleware> = {
  "a body, then an error": (context) => {
    context.body = "first";
    context.throw(400, "too late");
  },
  "an end of its own, then an error": (context) => {
    context.res.end("first");
    throw new Error("too late");
  },
  "an end of its own, then a body": (context) => {
    context.res.end("first");
    context.status = 404;
    context.body = "a longer second";
  },
  "a part of its own, then a body": (context) => {
    context.res.write("first ");
    context.body = "second";
  },
  "flushed headers, then a body": (context) => {
    context.status = 201;
    context.flushHeaders();
    context.status = 404;
    context.body = "the body";
  },
  "headers behind an end of its own": (context) => {
    context.set("X-First", "1");
    context.res.end("first");
    context.set("X-Late", "1");
    context.remove("X-First");
  },
};

test.each(Object.entries(koaHandlers))("the answer is that of Koa alone: %s", async (_name, handler) => {
  const [alone, withSessions] = [new Koa(), new Koa()];
  withSessions.use(koaSessions(lateBackend())).use((context, next) => {
    context.session["visits"] = 1;
    return next();
  });
  for (const app of [alone, withSessions]) {
    app.silent = true;
    app.use(handler);
  }
  expect(await answerFrom(await serve(withSessions.callback()))).toEqual(
    await answerFrom(await serve(alone.callback())),
  );
});

const fastifyHandlers: Record<string, RouteHandlerMethod> = {
  "two answers": (_request, reply) => {
    reply.send("first");
    reply.code(404).send("second");
  },
  "an answer, then an error": (_request, reply) => {
    reply.send("first");
    throw new Error("too late");
  },
  "an answer, then a rejection": async (_request, reply) => {
    reply.send("first");
    throw new Error("too late");
  },
  "an end of its own, then an answer": (_request, reply) => {
    reply.raw.end("first");
    reply.code(404).send("second");
  },
  "a part of its own, then an error": (_request, reply) => {
    reply.raw.write("part");
    throw new Error("no end");
  },
  "a part of its own, then an answer": (_request, reply) => {
    reply.raw.write("part");
    reply.send("second");
  },
  "a part of its own, then a stream": (_request, reply) => {
    reply.raw.write("part");
    reply.send(Readable.from(["second"]));
  },
  "hijacked, an end, then an error": (_request, reply) => {
    reply.hijack();
    reply.raw.end("first");
    throw new Error("too late");
  },
  "hijacked, a header behind a part": (_request, reply) => {
    reply.hijack();
    reply.raw.write("first ");
    reply.raw.end(refusal(() => reply.raw.setHeader("X-Late", "1")));
  },
};

test.each(Object.entries(fastifyHandlers))(
  "the answer is that of Fastify with a hook that takes its time: %s",
  async (_name, handler) => {
    const [slow, withSessions] = [fastify(), fastify()];
    slow.addHook("onSend", async (_request, _reply, payload) => settled().then(() => payload));
    await withSessions.register(fastifySessions(lateBackend()));
    withSessions.addHook("preHandler", async (request) => {
      request.session["visits"] = 1;
    });
    const [expected, actual] = await Promise.all(
      [slow, withSessions].map(async (app) => {
        onTestFinished(() => app.close());
        app.get("/", handler);
        return answerFrom(await app.listen({ port: 0, host: "127.0.0.1" }));
      }),
    );
    expect(actual).toEqual(expected);
  },
);

type Http2Handler = RouteHandlerMethod<Http2Server, Http2ServerRequest, Http2ServerResponse>;

const http2Handlers: Record<string, { handler: Http2Handler; body: string }> = {
  "an answer": { handler: (_request, reply) => reply.send("tea"), body: "tea" },
  "parts of its own": {
    handler: (_request, reply) => {
      const { raw } = reply.hijack();
      raw.write("green ");
      raw.end("tea");
    },
    body: "green tea",
  },
  "two answers of its own": {
    handler: (_request, reply) => {
      const { raw } = reply.hijack();
      raw.end("first");
      raw.statusCode = 404;
      raw.setHeader("Content-Length", 6);
      raw.writeHead(404);
      raw.end("second");
    },
    body: "first",
  },
};

test.each(Object.entries(http2Handlers))(
  "over HTTP/2, what comes first arrives whole: %s",
  async (_name, { handler, body }) => {
    const warnings: string[] = [];
    const listener = ({ message }: Error) => void warnings.push(message);
    process.on("warning", listener);
    onTestFinished(() => void process.off("warning", listener));
    const app = fastify({ http2: true });
    await app.register(fastifySessions(lateBackend()));
    app.addHook("preHandler", async (request) => {
      request.session["visits"] = 1;
    });
    app.get("/", handler);
    const client = connect(await app.listen({ port: 0, host: "127.0.0.1" }));
    onTestFinished(async () => {
      client.close();
      await app.close();
    });
    const stream = client.request({ ":path": "/" });
    const head = new Promise((resolve) => stream.once("response", resolve));
    expect(await text(stream)).toBe(body);
    expect(await head).toMatchObject({ ":status": 200, "set-cookie": [expect.stringContaining("session=")] });
    expect(warnings).toEqual([]);
  },
);
