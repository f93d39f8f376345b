import type { AddressInfo } from "node:net";
import { createApp } from "./app";

const production = process.env.NODE_ENV === "production";
const secret = process.env.SESSION_SECRET ?? (production ? undefined : "for development only: not a secret");
if (!secret) throw new Error("SESSION_SECRET is not set. In production, the session cookie needs a secret of its own.");

const sessionFolder = process.env.SESSION_FOLDER ?? "sessions";
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? "127.0.0.1";

const server = createApp({ secret, sessionFolder, production }).listen(port, host, (error) => {
  if (error) throw error;
  const address = server.address() as AddressInfo;
  console.log(`listening on http://${host}:${address.port}`);
});

process.once("SIGTERM", () => server.close());
