import { createHash } from "node:crypto";

/** What sessions are kept under: the SHA-256 of their id. */
const digest = /^[0-9a-f]{64}$/;

/**
 * A name that every storage takes as it is, for any key.
 *
 * Storages make file names, paths and URLs of keys: some take `:`, `/` or `..` for folders, fold upper case, can't hold
 * `con`, or end at 255 bytes. A digest in hexadecimal survives all of that. A key that is one stays as it is; any other
 * is hashed, and begins with a letter of its own so that it can't be taken for the first kind.
 */
export function storageName(key: string): string {
  return digest.test(key) ? key : `k${createHash("sha256").update(key).digest("hex")}`;
}
