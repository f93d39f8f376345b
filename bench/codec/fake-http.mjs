// As much of a request and a response as middleware needs that reads a cookie and sets one. Those of node:http take longer to
// make than some sessions take to read.

const plainSocket = { encrypted: false };

/** A request with these cookies, and its response. */
export function fakeExchange(cookie) {
  const headers = new Map();
  const request = { method: "GET", url: "/", headers: { cookie }, socket: plainSocket };
  const response = {
    headersSent: false,
    getHeader: (name) => headers.get(name.toLowerCase()),
    setHeader: (name, value) => headers.set(name.toLowerCase(), value),
    writeHead: () => {},
  };
  return { request, response };
}

/** The cookies that a response sets, as the next request sends them; `sent` where it sets none. */
export function nextCookies(setCookies, sent) {
  if (setCookies === undefined || setCookies.length === 0) return sent;
  return [setCookies]
    .flat()
    .map((each) => each.split(";", 1)[0])
    .join("; ");
}
