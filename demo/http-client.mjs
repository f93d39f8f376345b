/**
 * @typedef {object} Visitor
 * @property {Map<string, string>} cookies The cookies that the visitor holds, by name, as the server sent them.
 * @property {AbortSignal} [signal] Ends requests under way.
 */

/**
 * @typedef {object} Exchange
 * @property {number} status
 * @property {string} text The body as it came.
 * @property {any} body The body read as JSON; `undefined` where it is not JSON.
 */

/**
 * A visitor without cookies. It outlives the server: cookies belong to a host, whatever its port.
 *
 * @param {AbortSignal} [signal]
 * @returns {Visitor}
 */
export function createVisitor(signal) {
  return { cookies: new Map(), ...(signal && { signal }) };
}

/**
 * Sends one request with the visitor's cookies and keeps the cookies of the answer.
 *
 * @param {Visitor} visitor
 * @param {string} method
 * @param {URL} url
 * @param {unknown} [body] sent as JSON
 * @returns {Promise<Exchange>}
 */
export async function send(visitor, method, url, body) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (visitor.cookies.size > 0)
    headers.cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  if (body !== undefined) headers["content-type"] = "application/json";

  const response = await fetch(url, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(visitor.signal && { signal: visitor.signal }),
  });
  for (const header of response.headers.getSetCookie()) keepCookie(visitor.cookies, header);

  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
}

/**
 * Keeps the cookie of one Set-Cookie header, or drops it where the header says that it has expired.
 *
 * @param {Map<string, string>} cookies
 * @param {string} header
 */
export function keepCookie(cookies, header) {
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  const equals = pair.indexOf("=");
  if (equals < 1) throw new Error(`The server sent a Set-Cookie header without a name: ${header}`);
  const name = pair.slice(0, equals);
  if (hasExpired(attributes)) cookies.delete(name);
  else cookies.set(name, pair.slice(equals + 1));
}

/**
 * Max-Age wins over Expires (RFC 6265, section 5.3).
 *
 * @param {readonly string[]} attributes
 */
function hasExpired(attributes) {
  const maxAge = attributeValue(attributes, "max-age");
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attributeValue(attributes, "expires");
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

/**
 * @param {readonly string[]} attributes
 * @param {string} name in lower case
 */
function attributeValue(attributes, name) {
  const attribute = attributes.find((candidate) => candidate.toLowerCase().startsWith(`${name}=`));
  return attribute?.slice(name.length + 1);
}
