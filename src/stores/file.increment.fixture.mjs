// A process of its own that counts up in a FileStore: run by file.test.ts, on what `npm run build` made.
// It reports how many of its writes the store could not tell the end of: a slow machine may let one wait while others write.
import { FileStore, SessionStoreError } from "../../dist/esm/index.js";

let untold = 0;
const store = new FileStore({ folder: process.argv[2] });

async function increment() {
  for (;;) {
    const read = await store.get("count");
    const condition = { when: "unchanged", token: read.token };
    if (await isWritten(String(Number(read.value) + 1), condition)) return;
  }
}

async function isWritten(value, condition) {
  try {
    return (await store.set("count", value, 3600, condition)) !== null;
  } catch (error) {
    if (!(error instanceof SessionStoreError && error.message.includes("can't tell"))) throw error;
    untold += 1;
    return true;
  }
}

const rounds = process.argv[3] === "forever" ? Infinity : 100;
for (let round = 0; round < rounds; round += 1) {
  await increment();
  if (round === 10) process.send?.("under way");
}
process.send?.({ untold }, () => process.disconnect());
