/**
 * @license MIT
 */
import type { Session } from "./session"; // the type of the session
import fs, { type PathLike } from "node:fs";

export function read(req: { session: unknown }, path: PathLike) {
  return fs.readFileSync((req.session as Session).folder + path);
}
