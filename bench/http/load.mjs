import autocannon from "autocannon";

const connections = 8;

/**
 * Loads a route for some seconds. Resolves to the server's own microseconds of the processor for a request, and the requests
 * in a second.
 *
 * @throws Error when a request fails: failures are cheap, and would flatter.
 */
export async function loadRoute({ address, usage }, path, cookie, seconds) {
  const before = await usage();
  const result = await autocannon({
    url: address + path,
    connections,
    duration: seconds,
    headers: cookie === "" ? {} : { cookie },
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
