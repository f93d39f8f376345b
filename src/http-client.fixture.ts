import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { parseSetCookie } from "cookie";
import { onTestFinished } from "vitest";

/** A client of one server that keeps cookies as they came, as a browser does. It does not follow redirects. */
export interface HttpClient {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  readonly cookies: Map<string, string>;
}

/** Serves an application on this machine until the test ends. */
export async function serve(application: RequestListener): Promise<string> {
  const server: Server = createServer(application).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port");
  return `http://127.0.0.1:${address.port}`;
}

export function openClient(origin: string, cookies: Map<string, string> = new Map()): HttpClient {
  return {
    cookies,
    get: async (path, headers = {}) => {
      const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      const sent = cookie === "" ? headers : { ...headers, cookie };
      const response = await fetch(origin + path, { headers: sent, redirect: "manual" });
      for (const setCookie of response.headers.getSetCookie()) {
        const { name, value = "", maxAge, expires } = parseSetCookie(setCookie, { decode: (text) => text });
        const isGone = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now());
        if (isGone) cookies.delete(name);
        else cookies.set(name, value);
      }
      // A response counts when it is whole: some libraries send its head before they have saved.
      await response.clone().arrayBuffer();
      return response;
    },
  };
}
