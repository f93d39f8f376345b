import { Readable } from "node:stream";
import compression from "compression";
import express from "express";
import { describe, expect, test } from "vitest";
import { ClientSideSessionBackend, ServerSideSessionBackend } from "../backends/index.js";
import { openClient, serve, type HttpClient } from "../http-client.fixture.js";
import { MemoryStore } from "../stores/index.js";
import { farStore, savedBehind } from "../stores/far-store.fixture.js";
import { closedGate, settled } from "../stores/gate.fixture.js";
import { sessions } from "./express.js";

const backends = {
  "an encrypted cookie": () => new ClientSideSessionBackend({ secret: "s".repeat(32), secure: false }),
  "a store in memory": () => new ServerSideSessionBackend({ store: new MemoryStore(), secure: false }),
  "a store elsewhere": () => new ServerSideSessionBackend({ store: farStore(), secure: false }),
};

const compress = () => compression({ threshold: 0 });
const useSession: express.RequestHandler = (request, _response, next) => {
  request.session["seen"] = true;
  next();
};

const orders: Record<string, (ours: express.RequestHandler) => express.RequestHandler[]> = {
  "behind compression": (ours) => [compress(), ours],
  "before compression": (ours) => [ours, compress()],
  "used before compression": (ours) => [ours, useSession, compress()],
};

const long = "tea ".repeat(30_000);

/** What is sent, in each of the ways that there are, and the answer that it is to be. */
const routes: Record<string, { send: (response: express.Response) => void; body: string; status?: number }> = {
  json: { send: (response) => response.json(["tea"]), body: '["tea"]' },
  "the head first": {
    send: (response) => response.writeHead(202, { "Content-Type": "text/plain", "X-Tea": "green" }).end("tea"),
    body: "tea",
    status: 202,
  },
  "in pieces": {
    send: (response) => {
      response.type("text");
      response.write("te");
      response.write("a");
      response.end(" tea");
    },
    body: "tea tea",
  },
  "flushed, then later": {
    send: (response) => {
      response.type("text").flushHeaders();
      void settled().then(() => response.end("tea"));
    },
    body: "tea",
  },
  "a short stream": { send: (response) => Readable.from(["tea"]).pipe(response.type("text")), body: "tea" },
  "a long stream": { send: (response) => Readable.from([long, "end"]).pipe(response.type("text")), body: `${long}end` },
};

describe.each(Object.entries(orders))("sessions %s", (_order, order) => {
  describe.each(Object.entries(backends))("%s", (_backend, create) => {
    test.each(Object.entries(routes))("%s", async (_route, { send, body, status = 200 }) => {
      const client = await shopOf(order(sessions(create())), send);
      const response = await client.get("/");
      expect(response.headers.get("content-encoding")).toMatch(/gzip|br/);
      expect([response.status, await response.text()]).toEqual([status, body]);
      expect(await (await client.get("/visits")).json()).toBe(1);
    });

    test("a session that can't be saved is an error that is answered", async () => {
      const client = await shopOf(order(sessions(create())), (response) => {
        response.req.session["broken"] = 1n;
        response.type("text").write("never");
        response.end("sent");
      });
      const response = await client.get("/");
      expect([response.status, await response.text()]).toEqual([500, "SessionSerializationError"]);
    });
  });
});

async function shopOf(
  middleware: express.RequestHandler[],
  send: (response: express.Response) => void,
): Promise<HttpClient> {
  const app = express();
  app.use(middleware);
  app.get("/", (request, response) => {
    request.session["visits"] = 1;
    send(response);
  });
  app.get("/visits", (request, response) => response.json(request.session["visits"]));
  app.use(((error, _request, response, _next) => {
    response.status(500).send(error.name);
  }) satisfies express.ErrorRequestHandler);
  return openClient(await serve(app));
}

test("what compression has made while a store was saving is sent as it is, and once", async () => {
  const { ours, opensAtWrite } = savedLate();
  const openAtFirstPiece: express.RequestHandler = (_request, response, next) => {
    opensAtWrite(response);
    next();
  };
  const client = await shopOf([ours, useSession, openAtFirstPiece, compress()], (response) => {
    response.type("text");
    response.write("green");
    response.write(" ");
    response.end("tea");
  });
  const response = await client.get("/");
  expect([response.status, await response.text()]).toEqual([200, "green tea"]);
  expect(response.headers.get("set-cookie")).toContain("session=");
});

test.each(["behind compression", "before compression"])(
  "a stream that is shorter than what compression buffers comes to its end, sessions %s",
  async (order) => {
    const { ours, opensAtWrite } = savedLate();
    const client = await shopOf(orders[order]?.(ours) ?? [], (response) => {
      opensAtWrite(response);
      Readable.from(["green ", "tea"]).pipe(response.type("text"));
    });
    expect(await (await client.get("/")).text()).toBe("green tea");
  },
);

/** Sessions in a store that saves only when something was written to the response. */
function savedLate() {
  const gate = closedGate();
  const opensAtWrite = (response: express.Response) => {
    const { write } = response;
    response.write = (...parameters: unknown[]) => {
      const hasRoom = Reflect.apply(write, response, parameters);
      gate.open();
      return hasRoom;
    };
  };
  return { ours: sessions(new ServerSideSessionBackend({ store: savedBehind(gate), secure: false })), opensAtWrite };
}
