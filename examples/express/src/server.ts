import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import express, { type ErrorRequestHandler, type Request, type Response } from "express";
import { requireSession, sessions } from "typed-session/express";
import type {} from "typed-session/express-params";
import { accountPage, loginPage, shopPage } from "./pages.js";

const app = express();
app.use(express.json(), express.urlencoded());
app.use(sessions(backend));

app.get("/health", (_req, res) => {
  res.send("ok");
});

app.get("/", (req, res) => {
  res.send(shopPage(req.session));
});

app.get("/cart", (req, res) => {
  res.json(viewOf(req.session));
});

app.post("/cart", (req, res) => {
  const problem = addToCart(req.session, req.body);
  answer(req, res, problem);
});

app.post("/login", (req, res) => {
  const problem = logIn(req.session, req.body);
  if (problem === undefined) req.regenerateSession();
  answer(req, res, problem);
});

app.post("/logout", (req, res) => {
  req.clearSession();
  if (wantsPage(req)) res.redirect(303, "/");
  else res.sendStatus(204);
});

app.get(
  "/account",
  requireSession(SignedIn, (req, res) => {
    // So that the back button does not show it after a logout.
    res.set("Cache-Control", "no-store");
    res.format({
      html: () => res.send(accountPage(req.session)),
      json: () => res.json(accountOf(req.session)),
    });
  }),
);

app.get(
  "/account/orders/:id",
  requireSession(SignedIn, (req, res) => {
    res.json({ order: req.params.id, user: req.session.user });
  }),
);

const answerError: ErrorRequestHandler = (error, req, res, _next) => {
  const status = error.status ?? 500;
  if (status >= 500) console.error(error);
  res.status(status);
  if (status === 401 && wantsPage(req)) res.set("Cache-Control", "no-store").send(loginPage());
  else res.json({ error: error.name });
};
app.use(answerError);

const server = app.listen(address.port, address.host, () => announce(server));

/** Forms of a page go back to it, programs get data. */
function answer(req: Request, res: Response, problem: string | undefined): void {
  if (problem !== undefined) res.status(400).type("text").send(problem);
  else if (wantsPage(req)) res.redirect(303, "/");
  else res.json(viewOf(req.session));
}

function wantsPage(req: Request): boolean {
  return req.accepts(["json", "html"]) === "html";
}
