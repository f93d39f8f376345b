import autocannon from "autocannon";

/** As many are loaded at once, each for a visitor of its own. */
export const connections = 8;

/** In milliseconds. It ends at the first look at the clock after its time. */
const lookEvery = 50;

/**
 * Loads a route for some seconds, or with a number of requests, with one of the visitors' cookies on each connection. Resolves to the server's own microseconds of the processor for a request, and the requests
 * in a second.
 *
 * @throws Error when a request fails: failures are cheap, and would flatter.
 */
export async function loadRoute({ address, usage }, path, cookies, { seconds, requests: amount }) {
  const before = await usage();
  let client = 0;
  const result = await autocannon({
    url: address + path,
    connections,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    sampleInt: lookEvery,
    setupClient: (opened) => {
      const cookie = cookies[client++ % connections];
      if (cookie !== undefined) opened.setHeaders({ cookie });
    },
  });
  const after = await usage();
  const requests = result["2xx"];
  if (result.errors > 0 || result.non2xx > 0 || requests === 0) {
    throw new Error(`${path}: ${requests} good answers, ${result.non2xx} others, ${result.errors} errors`);
  }
  return {
    microseconds: (after.microseconds - before.microseconds) / requests,
    perSecond: requests / result.duration,
    storeOperations: (after.storeOperations - before.storeOperations) / requests,
  };
}
