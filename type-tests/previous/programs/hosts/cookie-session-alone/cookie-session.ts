import cookieSession from "cookie-session";
import express from "express";
import { expectType, type TypeEqual } from "ts-expect";
import { typed, type Request } from "typed-session/cookie-session";
import { z } from "zod";

const AppSession = z.object({ userId: z.string().optional(), cart: z.array(z.string()).default([]) });
type AppSession = z.infer<typeof AppSession>;

declare global {
  namespace CookieSessionInterfaces {
    interface CookieSessionObject extends AppSession {}
  }
}

const app = express();
app.use(cookieSession({ keys: ["a key"] }), typed(AppSession));

// Without an annotation: what the one declaration says. The host's own types allow any other key.
app.get("/orders/:id", (req, res) => {
  expectType<TypeEqual<NonNullable<typeof req.session>["cart"], string[]>>(true);
  expectType<string | undefined>(req.session?.userId);
  // @ts-expect-error
  if (req.session) req.session.userId = 1;
  req.session = null;
  res.json(cartOf(req));
});
express.Router().get("/", (req) => expectType<string[] | undefined>(req.session?.cart));
app.use(((_error, req, _res, _next) =>
  expectType<string[] | undefined>(req.session?.cart)) satisfies express.ErrorRequestHandler);

// Annotated, the session has no other key, and a route still takes the handler.
type AppRequest = Request<{ id: string }, any, any, any, Record<string, any>, AppSession>;
app.get("/orders/:id", (req: AppRequest, res: express.Response) => {
  // @ts-expect-error
  req.session?.missing;
  res.json(cartOf(req));
});
function cartOf({ session }: AppRequest): string[] {
  return session?.cart ?? [];
}
