import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * Stands between clients and a server, and counts how often a client waits: what it sends until the server answers is one
 * round trip, whatever the number of commands. Only one connection may be busy at a time.
 */
export async function startCountingProxy(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  let roundTrips = 0;
  const proxy = createServer((client) => {
    const server = connect(Number(port === "" ? 6379 : port), hostname);
    let isWaiting = false;
    client.on("data", () => {
      if (!isWaiting) roundTrips += 1;
      isWaiting = true;
    });
    server.on("data", () => {
      isWaiting = false;
    });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    client.pipe(server).pipe(client);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: urlThrough(url, proxy.address().port),
    roundTrips: () => roundTrips,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}

/** The same user and database, by way of the proxy. */
function urlThrough(url, port) {
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(port);
  return through.href;
}
