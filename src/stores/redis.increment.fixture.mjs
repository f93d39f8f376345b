// A process of its own that counts up in a RedisStore: run twice by redis.race.test.ts, on what `npm run build` made.
// It begins when told to, so that both count at the same time, and reports how often the other one was first.
import { createClient } from "redis";
import { RedisStore } from "../../dist/esm/index.js";

const [, , url, prefix, rounds] = process.argv;
const client = await createClient({ url }).connect();
const store = new RedisStore({ client, prefix });
let refused = 0;

async function increment() {
  for (;;) {
    const read = await store.get("count");
    const condition = { when: "unchanged", token: read.token };
    if ((await store.set("count", String(Number(read.value) + 1), 3600, condition)) !== null) return;
    refused += 1;
  }
}

process.once("message", async () => {
  for (let round = 0; round < Number(rounds); round += 1) await increment();
  await client.close();
  process.send({ refused }, () => process.disconnect());
});
process.send("ready");
