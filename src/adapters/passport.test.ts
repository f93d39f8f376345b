import express from "express";
import passport from "passport";
import { Strategy } from "passport-local";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClientSideSessionBackend, ServerSideSessionBackend } from "../backends/index.js";
import { openClient, serve } from "../http-client.fixture.js";
import { MemoryStore } from "../stores/index.js";
import { requireSession, sessions } from "./express.js";
import { forPassport } from "./passport.js";

const PassportSession = z.object({
  visits: z.number().default(0),
  passport: z.object({ user: z.string() }).optional(),
});
const SignedIn = PassportSession.required({ passport: true });

/** Passport as its own documentation mounts it. */
function createApp(...mounted: readonly express.RequestHandler[]): express.Express {
  const login = new passport.Passport();
  login.use(new Strategy((name, password, done) => done(null, password === "right" ? { name } : false)));
  login.serializeUser<string>((user, done) => done(null, "name" in user ? String(user.name) : ""));
  login.deserializeUser((name: string, done) => done(null, { name }));
  const app = express();
  app.use(...mounted, login.session());
  app.get("/visit", (req, res) => {
    req.session["visits"] += 1;
    res.json([req.user ?? null, req.session["visits"], Object.keys(req.session).sort()]);
  });
  app.get("/login", login.authenticate("local"), (_req, res) => res.json("in"));
  app.get("/login-and-keep", login.authenticate("local", { keepSessionInfo: true }), (_req, res) => res.json("in"));
  app.get("/logout", (req, res, next) => req.logout((error) => (error ? next(error) : res.json("out"))));
  app.get(
    "/account",
    requireSession(SignedIn, (req, res) => res.json(req.session.passport.user.toUpperCase())),
  );
  return app;
}

describe.each([
  [
    "a store",
    () => new ServerSideSessionBackend({ store: new MemoryStore(), session: PassportSession, secure: false }),
  ],
  [
    "an encrypted cookie",
    () => new ClientSideSessionBackend({ secret: "s".repeat(32), session: PassportSession, secure: false }),
  ],
])("passport on the engine, with %s", (name, createBackend) => {
  test("login under a new id, with or without what was there before, and logout", async () => {
    const origin = await serve(createApp(sessions(createBackend()), forPassport()));
    const client = openClient(origin);
    const read = async (path: string) => (await client.get(path)).json();
    expect(await read("/visit")).toEqual([null, 1, ["visits"]]);
    const anonymous = new Map(client.cookies);
    expect((await client.get("/login?username=ada&password=wrong")).status).toBe(401);
    expect(await read("/login-and-keep?username=ada&password=right")).toBe("in");
    expect(client.cookies).not.toEqual(anonymous);
    expect(await read("/visit")).toEqual([{ name: "ada" }, 2, ["passport", "visits"]]);
    expect(await read("/account")).toBe("ADA");

    expect(await read("/login?username=grace&password=right")).toBe("in");
    expect(await read("/visit")).toEqual([{ name: "grace" }, 1, ["passport", "visits"]]);

    const kept = new Map(client.cookies);
    expect(await read("/logout")).toBe("out");
    expect((await client.get("/account")).status).toBe(401);
    expect(await read("/visit")).toEqual([null, 1, ["visits"]]);
    // A copy of a cookie that holds the session itself stays good: see docs/sessions.md.
    expect((await openClient(origin, kept).get("/account")).status).toBe(name === "a store" ? 401 : 200);
  });
});

test("without sessions() before it, it says what to do", async () => {
  const response = await openClient(await serve(createApp(forPassport()))).get("/visit");
  expect(await response.text()).toContain("forPassport found no session: mount it behind sessions().");
});
