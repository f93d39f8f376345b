import { createClient } from "redis";

/** Where Redis is: what `REDIS_URL` says, else the usual place of this machine. */
export const redisUrl = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";

const patience = 2000;

/** A connection, or `null` where no Redis answers. */
export async function connectToRedis() {
  const client = createClient({ url: redisUrl, socket: { reconnectStrategy: false, connectTimeout: patience } });
  client.on("error", () => {});
  try {
    return await client.connect();
  } catch {
    return null;
  }
}

/** Removes the keys of this run, and no others. */
export async function removeKeys(client, prefix) {
  for await (const keys of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) {
    if (keys.length > 0) await client.del(keys);
  }
}
