import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { SessionConfigError } from "../errors.js";
import { kindOf } from "../kind-of.js";
import { takeRandomBytes } from "../random-bytes.js";

/** A secret: 32 characters or bytes and more. Several make a ring: the first seals, all open. */
export type Secret = string | Uint8Array;

/** Seals texts so that they can be read and made only with the secret. */
export interface KeyRing {
  /** Encrypts a text. */
  seal(text: string): string;
  /** What was sealed; `null` when that was not done with a key of this ring and for its purpose. */
  open(sealed: string): OpenedSeal | null;
}

export interface OpenedSeal {
  readonly text: string;
  /** The place of the secret in the ring: 0 for the one that seals. */
  readonly keyIndex: number;
}

const minimumSecret = 32;
const nonceBytes = 12;
const tagBytes = 16;
const cipherOptions = { authTagLength: tagBytes };

/**
 * Derives a key ring from secrets, once: AES-256-GCM (NIST SP 800-38D), keys by HKDF-SHA256 (RFC 5869).
 *
 * @param purpose - what is sealed: not kept in a seal, and a ring for another purpose does not open it
 * @throws SessionConfigError when a secret is missing or short.
 */
export function createKeyRing(secrets: Secret | readonly Secret[], purpose: string): KeyRing {
  const [first, ...others] = deriveKeys(secrets);
  const keys = [first, ...others];
  const associated = Buffer.from(purpose);
  return {
    seal: (text) => {
      const nonce = takeRandomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", first, nonce, cipherOptions);
      cipher.setAAD(associated);
      const sealed = [nonce, cipher.update(Buffer.from(text)), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString("base64url");
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, "base64url");
      // One text has one sealed form: neither other letters nor spare bits at the end of base64url make a second one.
      if (bytes.length < nonceBytes + tagBytes || bytes.toString("base64url") !== sealed) return null;
      for (const [keyIndex, key] of keys.entries()) {
        const text = decrypt(key, bytes, associated);
        if (text !== null) return { text, keyIndex };
      }
      return null;
    },
  };
}

function decrypt(key: Buffer, bytes: Buffer, associated: Buffer): string | null {
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), cipherOptions);
  decipher.setAAD(associated);
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  const text = decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes));
  try {
    decipher.final(); // GCM holds nothing back until here: there is only the tag to be checked
  } catch {
    return null;
  }
  return text.toString("utf8");
}

function deriveKeys(secrets: Secret | readonly Secret[]): readonly [Buffer, ...Buffer[]] {
  const [first, ...others] = Array.isArray(secrets) ? secrets : [secrets];
  return [deriveKey(first), ...others.map(deriveKey)];
}

function deriveKey(secret: unknown): Buffer {
  const fix = `Give at least ${minimumSecret} random characters, such as: openssl rand -base64 32.`;
  if (secret === undefined) throw new SessionConfigError("secret", "is missing", fix);
  if (typeof secret !== "string" && !(secret instanceof Uint8Array)) {
    throw new SessionConfigError("secret", `is ${kindOf(secret)}`, fix);
  }
  if (secret.length < minimumSecret) {
    const unit = typeof secret === "string" ? "characters" : "bytes";
    throw new SessionConfigError("secret", `has ${secret.length} ${unit}, too few`, fix);
  }
  return Buffer.from(hkdfSync("sha256", secret, "", "typed-session cookie key 1", 32));
}
