/**
 * @license MIT
 */
// the type of the session
import fs, { type PathLike } from "node:fs";

export function read(req: { session: unknown }, path: PathLike) {
  return fs.readFileSync(req.session.folder + path);
}
