import type { ServerResponse } from "node:http";
import type { SessionHeaders } from "../commit-session.js";
import { isObject } from "../is-object.js";
import { privateCaching, varyBy } from "./cache-headers.js";

/** Adds a session's headers to those that the application has set. */
export function addSessionHeaders(response: ServerResponse, headers: SessionHeaders): void {
  for (const [name, value] of headers) {
    const present = response.getHeader(name)?.toString();
    if (name === "Cache-Control") response.setHeader(name, privateCaching(present, value));
    else if (name === "Vary") response.setHeader(name, varyBy(present, value));
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
  if (!isObject(given)) return parameters;
  const entries = headerEntries(given);
  for (const [name] of entries) if (!/^set-cookie$/i.test(name)) response.removeHeader(name);
  // A list may have a name several times.
  for (const [name, value] of entries) response.appendHeader(name, headerValue(value));
  return parameters.slice(0, -1);
}

/** Node takes an object, a list of pairs, and a flat list of names and values. */
function headerEntries(headers: object): readonly (readonly [name: string, value: unknown])[] {
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (Array.isArray(headers[0])) return headers;
  return headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]]] : []));
}

function headerValue(value: unknown): string | readonly string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}
