// All benchmarks by name. Each exports what it measures (`summary`), its `options`, the `packages` whose versions count, and
// `measure(options)`, which resolves to plain data: tables of rows, goals, and what was skipped.
import * as codec from "./codec.mjs";
import * as http from "./http.mjs";
import * as lint from "./lint.mjs";
import * as stores from "./stores.mjs";
import * as types from "./types.mjs";
import * as upgrade from "./upgrade.mjs";

export const benchmarks = { codec, http, stores, types, upgrade, lint };
