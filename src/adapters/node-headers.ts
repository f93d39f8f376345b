import type { ServerResponse } from "node:http";
import type { SessionHeaders } from "../commit-session.js";
import { privateCaching, varyBy } from "./cache-headers.js";

/** Adds a session's headers to those that the application has set. */
export function addSessionHeaders(response: ServerResponse, headers: SessionHeaders): void {
  for (const [name, value] of headers) {
    if (name === "Cache-Control") response.setHeader(name, privateCaching(presentValue(response, name), value));
    else if (name === "Vary") response.setHeader(name, varyBy(presentValue(response, name), value));
    else response.appendHeader(name, value);
  }
}

/**
 * Sets the headers that `writeHead` was given, so that it does not put them in the place of the session's.
 *
 * @returns what is left to give to `writeHead`: status code and status message.
 */
export function setHeaderArguments(response: ServerResponse, parameters: readonly unknown[]): readonly unknown[] {
  const given = parameters.at(-1);
  if (typeof given !== "object" || given === null) return parameters;
  for (const [name, value] of headerEntries(given)) {
    if (name.toLowerCase() === "set-cookie") response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  return parameters.slice(0, -1);
}

type HeaderEntry = readonly [name: string, value: string | readonly string[]];

/** Node takes an object, a list of pairs, and a flat list of names and values. */
function headerEntries(headers: object): readonly HeaderEntry[] {
  if (!Array.isArray(headers)) return Object.entries(headers).map(([name, value]) => [name, headerValue(value)]);
  const flat: readonly unknown[] = headers.flatMap((item: unknown) =>
    Array.isArray(item) ? [item[0] as unknown, item[1] as unknown] : [item],
  );
  return flat.flatMap((name, index): HeaderEntry[] =>
    index % 2 === 0 ? [[String(name), headerValue(flat[index + 1])]] : [],
  );
}

function headerValue(value: unknown): string | readonly string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function presentValue(response: ServerResponse, name: string): string | undefined {
  const present = response.getHeader(name);
  return present === undefined ? undefined : String(present);
}
