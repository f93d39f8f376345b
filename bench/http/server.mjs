// The process of one contender: starts its application, says where it listens, and tells at any time what it has used.
// Arguments: the framework, the contender, and for those on Redis its address and the prefix of their keys.
import { once } from "node:events";

const [framework, contender, redisUrl, prefix] = process.argv.slice(2);
const { contenders } = await import(`./${framework}.mjs`);

let storeOperations = 0;

const server = await contenders[contender].start({
  count: () => {
    storeOperations += 1;
  },
  connectRedis: async () => {
    const { createClient } = await import("redis");
    return createClient({ url: redisUrl }).connect();
  },
  prefix,
});
if (!server.listening) await once(server, "listening");

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send({ microseconds: user + system, storeOperations });
});
process.on("disconnect", () => process.exit());
process.send({ port: server.address().port });
