// The whole middleware, in an application without a server: Hono's context is not to be had otherwise. Encrypts (JWE).
import { createHash } from "node:crypto";
import { useSession } from "@hono/session";
import { Hono } from "hono";
import { secret } from "../sample-session.mjs";
import { nextCookies } from "./fake-http.mjs";

export const honoSession = { packages: ["@hono/session", "hono"], start };

async function start(session) {
  let use;
  let result;
  const app = new Hono().use(useSession({ secret: createHash("sha256").update(secret).digest("hex") }));
  app.get("/", async (context) => {
    result = await use(context.var.session);
    return context.body(null);
  });

  async function serve(sent, by) {
    use = by;
    const response = await app.request("/", { headers: { cookie: sent } });
    return nextCookies(response.headers.getSetCookie(), sent);
  }

  let cookie = await serve("", (opened) => opened.update(session));
  return {
    read: async () => {
      await serve(cookie, (opened) => opened.get());
      return result;
    },
    change: async () => {
      cookie = await serve(cookie, async (opened) => {
        const data = await opened.get();
        await opened.update({ ...data, visits: data.visits + 1 });
      });
    },
    cookie: () => cookie,
  };
}
