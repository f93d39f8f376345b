import { createServer } from "node:http";
import { expectType, type TypeEqual } from "ts-expect";
import { ClientSideSessionBackend } from "typed-session";
import * as fetched from "typed-session/fetch";
import * as node from "typed-session/node";
import { appSession, SignedIn, type AppSession } from "./session.js";

const backend = new ClientSideSessionBackend({ secret: "a secret of more than 32 characters", session: appSession });

// Platforms give more than the request.
const withSession = fetched.sessions(backend);
const handler = withSession(async (request, context: { params: { id: string } }) => {
  expectType<TypeEqual<typeof request.session, AppSession>>(true);
  // @ts-expect-error
  request.session.missing;
  return new Response(context.params.id);
});
void handler(new Request("http://shop.example"), { params: { id: "1" } });
// @ts-expect-error
void handler(new Request("http://shop.example"));
withSession(
  fetched.requireSession(SignedIn, (request) => {
    expectType<TypeEqual<typeof request.session, SignedIn>>(true);
    return new Response(request.session.userId);
  }),
);
declare const request: fetched.Request;
expectType<TypeEqual<typeof request.session, AppSession>>(true);
declare const narrow: fetched.Request<SignedIn>;
expectType<TypeEqual<typeof narrow.session, SignedIn>>(true);

const serve = node.sessions(backend);
createServer(
  serve((request, response) => {
    expectType<TypeEqual<typeof request.session, AppSession>>(true);
    // @ts-expect-error
    request.session.missing;
    response.end();
  }),
);
createServer(
  serve(
    node.requireSession(SignedIn, (request, response) => {
      expectType<TypeEqual<typeof request.session, SignedIn>>(true);
      response.end(request.session.userId);
    }),
  ),
);
// @ts-expect-error
node.sessions(new ClientSideSessionBackend({ secret: "a secret of more than 32 characters" }));
