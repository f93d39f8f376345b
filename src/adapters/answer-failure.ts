import type { ServerResponse } from "node:http";

/** Answers a request that failed where no framework does. Of a response on its way, the client is to notice that it is not whole. */
export function answerFailure(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { "content-type": "text/plain" }).end("Internal Server Error");
}
