// On the storage of cookies that it takes from frameworks such as Next.js. Encrypts.
import { getIronSession } from "iron-session";
import { secret } from "../sample-session.mjs";

export const ironSession = { packages: ["iron-session"], start };

const options = { cookieName: "session", password: secret };

async function start(session) {
  let value;
  const cookies = {
    get: (name) => (value === undefined ? undefined : { name, value }),
    set: (_name, sealed) => (value = sealed),
  };
  const opened = await getIronSession(cookies, options);
  Object.assign(opened, session);
  await opened.save();
  return {
    read: () => getIronSession(cookies, options),
    change: async () => {
      const current = await getIronSession(cookies, options);
      current.visits += 1;
      await current.save();
    },
    cookie: () => value,
  };
}
