import { describeAdapter, guardedRoute, SignedIn } from "./adapter-conformance.fixture.js";
import { requireSession, sessions } from "./new-name.js";

describeAdapter("NewName", async (routes, backend, options) => {
  const account = requireSession(SignedIn, async ({ request, response, session }) =>
    response.end(await guardedRoute.serve({ session }, request.url?.split("/").at(-1) ?? "")),
  );
  const withSession = sessions(backend, options);
  return notWritten(
    "serve the routes, each behind withSession, and account at guardedRoute.path; keep what the error handler is given",
    routes,
    account,
    withSession,
  );
});

/** Takes the place of what is still to be written; goes when everything is. */
function notWritten(task: string, ..._given: unknown[]): never {
  throw new Error(`Still to be written, in src/adapters/new-name.test.ts: ${task}.`);
}
