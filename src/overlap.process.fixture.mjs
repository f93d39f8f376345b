// A process of its own that serves sessions from Redis: run twice by overlap.test.ts, on what `npm run build` made.
// It loads the sessions that it is told, and when told so does one thing with each and saves them, all at once.
import { createClient } from "redis";
import { commitSession, RedisStore, ServerSideSessionBackend, SessionMiddleware } from "../dist/esm/index.js";

const [, , url, prefix] = process.argv;
const client = await createClient({ url }).connect();
const sessions = new SessionMiddleware(new ServerSideSessionBackend({ store: new RedisStore({ client, prefix }) }));
let open = [];

async function load(cookie) {
  const handle = sessions.open({ type: "http", method: "GET", path: "/", headers: { cookie: `session=${cookie}` } });
  await handle.load();
  return handle;
}

process.on("message", async ({ load: cookies, work }) => {
  if (cookies !== undefined) open = await Promise.all(cookies.map(load));
  else {
    for (const handle of open) {
      if (work === "clear") handle.clear();
      else handle.get()[work] = true;
    }
    await Promise.all(open.map((handle) => commitSession(handle)));
  }
  process.send("done");
});
process.on("disconnect", () => client.close());
process.send("ready");
