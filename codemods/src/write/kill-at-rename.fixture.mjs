// Preloaded, it kills the process for good at the rename that KILL_AT counts to: no handler runs, no buffer is flushed.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { renameSync } = fs;
let renames = 0;
fs.renameSync = (from, to) => {
  renames += 1;
  if (renames === Number(process.env["KILL_AT"])) process.kill(process.pid, "SIGKILL");
  renameSync(from, to);
};
syncBuiltinESMExports();
