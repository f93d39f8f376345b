// The framework's own sessions, on its event of a request. Encrypts.
import { H3Event, useSession } from "h3";
import { secret } from "../sample-session.mjs";
import { nextCookies } from "./fake-http.mjs";

export const h3 = { packages: ["h3"], start };

async function start(session) {
  async function serve(sent, use) {
    const event = new H3Event(new Request("http://localhost/", { headers: { cookie: sent } }));
    const opened = await useSession(event, { password: secret });
    const result = await use(opened);
    return { result, cookie: nextCookies(event.res.headers.getSetCookie(), sent) };
  }

  let { cookie } = await serve("", (opened) => opened.update(session));
  return {
    read: async () => (await serve(cookie, (opened) => opened.data)).result,
    change: async () => {
      ({ cookie } = await serve(cookie, (opened) => opened.update({ visits: opened.data.visits + 1 })));
    },
    cookie: () => cookie,
  };
}
