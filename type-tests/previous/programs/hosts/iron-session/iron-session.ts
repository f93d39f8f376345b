import type { IncomingMessage, ServerResponse } from "node:http";
import { getIronSession, type SessionOptions } from "iron-session";
import { expectType, type TypeEqual } from "ts-expect";
import { defineSession, type SessionDict } from "typed-session";
import { requireSession, typed } from "typed-session/iron-session";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
const SignedIn = AppSession.required({ userId: true });
const options: SessionOptions = { password: "a password of more than 32 characters", cookieName: "shop" };

const open = typed(AppSession);
const openDefined = typed(defineSession({ schema: AppSession }));
// @ts-expect-error
typed({ userId: "string" });

export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const session = open(await getIronSession<SessionDict>(request, response, options));
  expectType<TypeEqual<typeof session.userId, string | undefined>>(true);
  expectType<string[]>(session.cart);
  // @ts-expect-error
  session.missing;
  session.updateConfig(options);
  await session.save();
  session.destroy();

  const signedIn = requireSession(SignedIn, session);
  expectType<TypeEqual<typeof signedIn.userId, string>>(true);
  // @ts-expect-error
  signedIn.missing;
  await signedIn.save();
}

export async function handleDefined(request: Request, response: Response): Promise<string[]> {
  const session = openDefined(await getIronSession<SessionDict>(request, response, options));
  return session.cart;
}

// @ts-expect-error
open(getIronSession<SessionDict>(new Request("http://shop.example"), new Response(), options));
