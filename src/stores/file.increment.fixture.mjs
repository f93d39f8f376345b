// A process of its own that counts up in a FileStore: run by file.test.ts, on what `npm run build` made.
import { FileStore } from "../../dist/esm/index.js";

const store = new FileStore({ folder: process.argv[2] });

async function increment() {
  for (;;) {
    const read = await store.get("count");
    const condition = { when: "unchanged", token: read.token };
    if ((await store.set("count", String(Number(read.value) + 1), 3600, condition)) !== null) return;
  }
}

const rounds = process.argv[3] === "forever" ? Infinity : 100;
for (let round = 0; round < rounds; round += 1) {
  await increment();
  if (round === 10) process.send?.("under way");
}
process.disconnect?.();
