import express from "express";
import expressSession from "express-session";
import passport from "passport";
import { Strategy } from "passport-local";
import { expect, test } from "vitest";
import { z } from "zod";
import { openClient, serve } from "../http-client.fixture.js";
import { requireSession, typed } from "./express-session.js";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const PassportSession = z.object({ since: isoDate.optional(), visits: z.number().default(0) });
const SignedIn = z.object({ passport: z.object({ user: z.string() }), since: isoDate });

declare module "express-session" {
  interface SessionData extends z.infer<typeof PassportSession> {}
}

declare global {
  namespace Express {
    interface User {
      readonly name: string;
    }
  }
}

/** Passport as its own documentation mounts it, on express-session with the overlay. */
function createApp(): express.Express {
  const login = new passport.Passport();
  login.use(new Strategy((name, password, done) => done(null, password === "right" ? { name } : false)));
  login.serializeUser((user, done) => done(null, user.name));
  login.deserializeUser((name: string, done) => done(null, { name }));

  const app = express();
  app.use(expressSession({ secret: "s", resave: false, saveUninitialized: false }), typed(PassportSession));
  app.use(express.urlencoded({ extended: false }), login.session());
  app.get("/visit", (req, res) => {
    req.session.since ??= new Date(0);
    req.session.visits = (req.session.visits ?? 0) + 1;
    res.json([req.user?.name ?? null, req.session.visits, req.session.since.getUTCFullYear()]);
  });
  app.get("/login", login.authenticate("local", { keepSessionInfo: true }), (_req, res) => res.json("in"));
  app.get("/logout", (req, res, next) => req.logout((error) => (error ? next(error) : res.json("out"))));
  app.get(
    "/account",
    requireSession(SignedIn, (req, res) =>
      res.json([req.session.passport.user.toUpperCase(), req.session.since.getUTCFullYear()]),
    ),
  );
  return app;
}

test("passport on top: login with a new id, its key in the session, typed data beside it, logout", async () => {
  const client = openClient(await serve(createApp()));
  const read = async (path: string) => (await client.get(path)).json();
  expect(await read("/visit")).toEqual([null, 1, 1970]);
  expect((await client.get("/account")).status).toBe(401);
  const anonymous = client.cookies.get("connect.sid");

  expect((await client.get("/login?username=ada&password=wrong")).status).toBe(401);
  expect(await read("/login?username=ada&password=right")).toBe("in");
  expect(client.cookies.get("connect.sid")).not.toBe(anonymous);
  expect(await read("/visit")).toEqual(["ada", 2, 1970]);
  expect(await read("/account")).toEqual(["ADA", 1970]);

  expect(await read("/logout")).toBe("out");
  expect((await client.get("/account")).status).toBe(401);
  expect(await read("/visit")).toEqual([null, 1, 1970]);
});
