// The framework's storage of sessions in cookies. It signs its cookie, and encrypts nothing.
import { createCookieSessionStorage } from "react-router";
import { secret } from "../sample-session.mjs";
import { nextCookies } from "./fake-http.mjs";

export const reactRouter = { packages: ["react-router"], start };

async function start(session) {
  const storage = createCookieSessionStorage({ cookie: { name: "session", secrets: [secret], secure: false } });
  const opened = await storage.getSession();
  for (const [name, value] of Object.entries(session)) opened.set(name, value);
  let cookie = nextCookies([await storage.commitSession(opened)], "");
  return {
    read: async () => (await storage.getSession(cookie)).data,
    change: async () => {
      const current = await storage.getSession(cookie);
      current.set("visits", current.get("visits") + 1);
      cookie = nextCookies([await storage.commitSession(current)], cookie);
    },
    cookie: () => cookie,
  };
}
