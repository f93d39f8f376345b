// Preloaded, it ends the process at the rename, or the reading of a file, that KILL_AT counts to: with SIGKILL, no handler runs
// and no buffer is flushed; other signals can be held back; THROW is what a disk that fails comes to.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { KILL_AT, KILL_WITH = "SIGKILL", KILL_ON = "renameSync" } = process.env;
const original = fs[KILL_ON];
let calls = 0;
fs[KILL_ON] = (...args) => {
  calls += 1;
  if (calls === Number(KILL_AT)) {
    if (KILL_WITH === "THROW") throw new Error("EIO: the disk fails");
    process.kill(process.pid, KILL_WITH);
  }
  return original(...args);
};
syncBuiltinESMExports();
