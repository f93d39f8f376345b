// The functions that the plugin gives an application to encode and decode sessions by itself.
import plugin from "@fastify/secure-session";
import fastify from "fastify";

export const secureSession = { packages: ["@fastify/secure-session", "fastify"], start };

async function start(session) {
  const app = fastify();
  await app.register(plugin, { key: Buffer.alloc(32, "key") });
  await app.ready();
  let cookie = app.encodeSecureSession(app.createSecureSession(session));
  return {
    read: () => app.decodeSecureSession(cookie).data(),
    change: () => {
      const opened = app.decodeSecureSession(cookie);
      opened.set("visits", opened.get("visits") + 1);
      cookie = app.encodeSecureSession(opened);
    },
    cookie: () => cookie,
  };
}
