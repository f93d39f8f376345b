import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./server.mjs", import.meta.url));

/**
 * Starts the process of a contender. `usage` asks it for the processor's time, in microseconds, and the number of store
 * operations, both since its start.
 */
export async function startServer(framework, contender, parameters = []) {
  // As applications run: Express and others do more in development.
  const env = { ...process.env, NODE_ENV: "production" };
  const child = fork(program, [framework, contender, ...parameters], { env });
  const { port } = await messageOf(child, `${framework}, ${contender}`);
  return {
    address: `http://127.0.0.1:${port}`,
    usage: async () => {
      const answer = messageOf(child, contender);
      child.send("usage");
      return answer;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}

async function messageOf(child, name) {
  const exit = new AbortController();
  const ended = once(child, "exit", { signal: exit.signal }).then(([code]) => {
    throw new Error(`The server of ${name} ended with ${code}.`);
  });
  ended.catch(() => {});
  try {
    const [message] = await Promise.race([once(child, "message"), ended]);
    return message;
  } finally {
    exit.abort();
  }
}
