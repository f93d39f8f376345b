// Decode, change and encode one session of about 600 bytes: the client-side backend against its floor, which is JSON and
// AES-256-GCM alone. Run by `npm run bench -- codec`, on what `npm run build` made.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { ClientSideSessionBackend, Request, SessionMiddleware, defineSession } from "typed-session";
import { z } from "zod";
import { compareInterleaved } from "./interleaved.mjs";

const Item = z.object({ sku: z.string(), title: z.string(), quantity: z.number().int().positive() });
const AppSession = z.object({
  userId: z.string().optional(),
  visits: z.number().default(0),
  cart: z.array(Item).default([]),
});
const session = {
  userId: "0b9f2f0e-6f0d-4a55-9d2e-4f2ad1c1c0de",
  visits: 1,
  cart: Array.from({ length: 8 }, (_, index) => ({
    sku: `sku-${index}`,
    title: `A thing to be sold, no. ${index}`,
    quantity: 1,
  })),
};

const key = randomBytes(32);

function seal(data) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([nonce, cipher.update(JSON.stringify(data)), cipher.final(), cipher.getAuthTag()]).toString(
    "base64url",
  );
}

function open(text) {
  const bytes = Buffer.from(text, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString());
}

let floorCookie = seal(session);
const floor = () => {
  const data = open(floorCookie);
  data.visits += 1;
  floorCookie = seal(data);
};

const secret = randomBytes(32).toString("base64");
const middleware = new SessionMiddleware(
  new ClientSideSessionBackend({ secret, session: defineSession({ schema: AppSession }) }),
);

function serve(cookie, use) {
  const scope = { type: "http", method: "GET", path: "/", headers: { cookie } };
  const handle = middleware.open(scope);
  use(new Request(scope));
  return handle.commit()[0]?.split(";", 1)[0] ?? cookie;
}

let cookie = serve("", (request) => request.setSession(structuredClone(session)));
const write = () => {
  cookie = serve(cookie, (request) => {
    request.session.visits += 1;
  });
};
const read = () => serve(cookie, (request) => request.session.visits);

console.log(`session of ${JSON.stringify(session).length} bytes, cookie of ${cookie.length} bytes`);
compareInterleaved({
  title: "decode + change + encode, validated by zod",
  contenders: { "floor: JSON + AES-256-GCM": floor, "typed-session, changed": write, "typed-session, read only": read },
});
