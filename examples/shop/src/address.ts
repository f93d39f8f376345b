/** Where the examples listen. Port 0 takes any free port. */
export const address = { host: process.env["HOST"] ?? "127.0.0.1", port: Number(process.env["PORT"] ?? 3000) };

/** Says where a server listens. */
export function announce(server: { address(): unknown }): void {
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null && "port" in bound ? bound.port : address.port;
  console.log(`listening on http://${address.host}:${String(port)}`);
}
