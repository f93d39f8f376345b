// What encrypting a session can't do without: JSON, and AES-256-GCM with a key that is there.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

export const floor = { packages: [], start };

async function start(session) {
  const key = randomBytes(32);
  let cookie = seal(key, session);
  return {
    read: () => open(key, cookie),
    change: () => {
      const data = open(key, cookie);
      data.visits += 1;
      cookie = seal(key, data);
    },
    cookie: () => cookie,
  };
}

function seal(key, data) {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = [nonce, cipher.update(JSON.stringify(data)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString("base64url");
}

function open(key, text) {
  const bytes = Buffer.from(text, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const parts = [decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()];
  return JSON.parse(Buffer.concat(parts).toString());
}
