import { expect, test } from "vitest";
import { createSessionHandle } from "../session-handle.js";
import { ServerSideSessionBackend } from "../backends/index.js";
import { farStore } from "../stores/far-store.fixture.js";
import type { Store } from "../stores/index.js";
import { prepareSession } from "./prepare-session.js";

const thrown: readonly unknown[] = ["away", undefined, null, new Error("away")];

/** Stores that fail to read, at once and later. */
const failing: Record<string, (reason: unknown) => Pick<Store, "get">> = {
  "at once": (reason) => ({
    get: () => {
      throw reason;
    },
  }),
  later: (reason) => ({ get: () => Promise.reject(reason) }),
};

test.each(Object.entries(failing).flatMap(([when, fails]) => thrown.map((reason) => ({ when, fails, reason }))))(
  "whatever a store fails with, $when, is an error: $reason",
  async ({ fails, reason }) => {
    const store: Store = { ...farStore(), ...fails(reason) };
    const cookie = `session=${"a".repeat(43)}`;
    const scope = { type: "http", method: "GET", path: "/", headers: { cookie } } as const;
    const handle = createSessionHandle(new ServerSideSessionBackend({ store, secure: false }), scope);
    const error = await new Promise((resolve) => prepareSession(handle, resolve));
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe(`Error: ${reason instanceof Error ? reason.message : String(reason)}`);
  },
);
