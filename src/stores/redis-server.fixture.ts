import { spawn, type ChildProcess } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

/** A Redis for tests. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Kills the process, as a crash does. Only for a server that the test started. */
  kill(): Promise<void>;
  /** Starts it again on its port and on what it had written to its folder. */
  restart(): Promise<void>;
  /** Freezes the process, so that it takes commands and answers none, and lets it go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  stop(): Promise<void>;
}

/** A prefix of this run's own, so that the keys of others who use the same server stay out of reach. */
export const testPrefix = `typed-session-test:${randomUUID()}:`;

/** The server of this machine where there is one, else one of our own; `null` and a loud word where there is neither. */
export async function findRedis(): Promise<{ readonly url: string; stop(): Promise<void> } | null> {
  const url = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
  if (await answers(url)) return { url, stop: () => removeTestKeys(url) };
  return startRedis();
}

/** Starts a `redis-server` of the test's own; `null` and a loud word where that program is not there. */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer | null> {
  const folder = await mkdtemp(join(tmpdir(), "typed-session-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<boolean> {
    const always = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
    const starting = spawn("redis-server", [...always, ...options], { stdio: "ignore" });
    child = starting;
    const isInstalled = await once(starting, "spawn").then(
      () => true,
      () => false,
    );
    if (!isInstalled) return false;
    if (await answersSoon(url, () => starting.exitCode !== null)) return true;
    throw new Error(`redis-server did not start on port ${port}, with ${options.join(" ")}`);
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }

  if (!(await start())) {
    await rm(folder, { recursive: true, force: true });
    console.warn("SKIPPED: tests that need a Redis of their own. There is no redis-server to start.");
    return null;
  }
  return {
    url,
    port,
    kill: () => end("SIGKILL"),
    restart: async () => {
      await start();
    },
    signal: (signal) => child?.kill(signal),
    stop: async () => {
      child?.kill("SIGCONT");
      await end("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 2_000 } });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}

/** A server has no event for being ready but its first answer. */
async function answersSoon(url: string, isOver: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 500 && !isOver(); attempt += 1) {
    if (await answers(url)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

async function removeTestKeys(url: string): Promise<void> {
  const client = await createClient({ url }).connect();
  for await (const keys of client.scanIterator({ MATCH: `${testPrefix}*`, COUNT: 1000 })) {
    if (keys.length > 0) await client.del(keys);
  }
  await client.close();
}

/** A server of a cluster also takes the port 10,000 above. Both lie below those that systems give to connections. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 22_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const isListening = await once(server, "listening").then(
    () => true,
    () => false,
  );
  await new Promise((resolve) => server.close(resolve));
  return isListening;
}
