// Decode, change and encode one session of about 600 bytes: this project's client-side backend and its peers, against a floor.
import { deepStrictEqual } from "node:assert/strict";
import { cookieSession } from "./codec/cookie-session.mjs";
import { floor } from "./codec/floor.mjs";
import { h3 } from "./codec/h3.mjs";
import { honoSession } from "./codec/hono-session.mjs";
import { ironSession } from "./codec/iron-session.mjs";
import { koaSession } from "./codec/koa-session.mjs";
import { reactRouter } from "./codec/react-router.mjs";
import { secureSession } from "./codec/secure-session.mjs";
import { typedSession } from "./codec/typed-session.mjs";
import { atMost } from "./measure/goals.mjs";
import { interleave } from "./measure/interleaved.mjs";
import { median, pairedMedian, ratio, round } from "./measure/statistics.mjs";
import { sampleSession } from "./sample-session.mjs";

export const summary =
  "decode, change and encode one session: the cookie backend and its peers, against JSON and AES-256-GCM";

export const options = {
  rounds: { type: "string", default: "15", description: "how often each contender takes its turn" },
  milliseconds: { type: "string", default: "40", description: "how long one turn lasts" },
};

const ours = "typed-session (encrypts, validates)";
const base = "floor: JSON + AES-256-GCM";

const contenders = {
  [base]: floor,
  [ours]: typedSession,
  "@fastify/secure-session (encrypts)": secureSession,
  "cookie-session (signs)": cookieSession,
  "koa-session (signs)": koaSession,
  "React Router (signs)": reactRouter,
  "@hono/session (encrypts)": honoSession,
  "iron-session 8 (encrypts)": ironSession,
  "h3 (encrypts)": h3,
};

export const packages = Object.values(contenders).flatMap((contender) => contender.packages);

export async function measure({ rounds, milliseconds }) {
  const session = sampleSession();
  const started = {};
  for (const [name, { start }] of Object.entries(contenders)) {
    started[name] = await start(sampleSession());
    await assertKeeps(name, started[name]);
  }
  const times = await interleave(turnsOf(started), { rounds: Number(rounds), milliseconds: Number(milliseconds) });
  const rows = Object.keys(contenders).map((name) => rowOf(name, times, started[name].cookie()));
  const own = rows.find(({ contender }) => contender === ours);
  return {
    tables: [
      {
        name: "codec",
        title: `A session of ${JSON.stringify(session).length} bytes: read, and read, changed and written`,
        rows,
        chart: {
          values: ["change / floor", "read / floor"],
          axis: "times the floor's change (logarithmic)",
          scale: "log",
          goals: [
            { at: changeGoal, title: `goal: change ${changeGoal}` },
            { at: readGoal, title: `read ${readGoal}` },
          ],
        },
      },
    ],
    goals: [
      atMost("typed-session, decode + change + encode, of the floor", own["change / floor"], changeGoal),
      atMost("typed-session, decode, of the floor's decode + change + encode", own["read / floor"], readGoal),
    ],
  };
}

const changeGoal = 1.1;
const readGoal = 0.5;

/** What was written is what is read, once changed. */
async function assertKeeps(name, { read, change }) {
  const expected = sampleSession();
  for (const visits of [expected.visits, expected.visits + 1]) {
    const { userId, visits: kept, cart } = await read();
    deepStrictEqual({ userId, visits: kept, cart }, { ...expected, visits }, `${name} keeps its session`);
    await change();
  }
}

function turnsOf(started) {
  return Object.fromEntries(
    Object.entries(started).flatMap(([name, { read, change }]) => [
      [changeOf(name), change],
      [readOf(name), read],
    ]),
  );
}

function rowOf(contender, times, cookie) {
  const change = times[changeOf(contender)];
  const read = times[readOf(contender)];
  const floorTimes = times[changeOf(base)];
  return {
    contender,
    "change, us": round(median(change), 1),
    "change / floor": round(pairedMedian(change, floorTimes, ratio)),
    "read, us": round(median(read), 1),
    "read / floor": round(pairedMedian(read, floorTimes, ratio)),
    "cookie, bytes": cookie.length,
  };
}

const changeOf = (name) => `${name}: change`;
const readOf = (name) => `${name}: read`;
