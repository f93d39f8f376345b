import { ServerSideSessionBackend, type SessionEvent } from "./backends/index.js";
import { openBrowser, type Browser } from "./browser.fixture.js";
import type { Request } from "./request.js";
import type { Store } from "./stores/index.js";
import type { SessionDict } from "./types.js";

type Work = (request: Request<unknown, unknown, object, SessionDict>) => unknown;

/** What two overlapping requests left. */
export interface Overlapped {
  readonly session: SessionDict;
  readonly events: readonly SessionEvent[];
  readonly browser: Browser<SessionDict>;
}

/** Two requests of one browser that both have loaded the session before either of them writes; the first saves first. */
export async function overlapOn(store: Store, before: SessionDict, first: Work, second: Work): Promise<Overlapped> {
  const events: SessionEvent[] = [];
  const backend = new ServerSideSessionBackend({ store, onEvent: (event) => events.push(event) });
  const browser = openBrowser(backend);
  await browser.visit((request) => request.setSession(before));
  await browser.visit(async (request) => {
    await request.loadSession();
    second(request);
    await browser.visit((other) => first(other));
  });
  return { session: (await browser.visit((request) => request.session)).result, events, browser };
}
