import { createAdaptorServer } from "@hono/node-server";
import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import { Hono } from "hono";
import { requireSession, sessions } from "typed-session/hono";

const app = new Hono();
app.use(sessions(backend));

app.get("/health", (c) => c.text("ok"));

app.get("/cart", (c) => c.json(viewOf(c.var.session)));

app.post("/cart", async (c) => {
  const problem = addToCart(c.var.session, await c.req.json());
  return problem === undefined ? c.json(viewOf(c.var.session)) : c.text(problem, 400);
});

app.post("/login", async (c) => {
  const problem = logIn(c.var.session, await c.req.json());
  if (problem !== undefined) return c.text(problem, 400);
  c.var.regenerateSession();
  return c.json(viewOf(c.var.session));
});

app.post("/logout", (c) => {
  c.var.clearSession();
  return c.body(null, 204);
});

app.get("/account", requireSession(SignedIn), (c) => c.json(accountOf(c.var.session)));

app.get("/account/orders/:id", requireSession(SignedIn), (c) =>
  c.json({ order: c.req.param("id"), user: c.var.session.user }),
);

const server = createAdaptorServer({ fetch: app.fetch });
server.listen(address.port, address.host, () => announce(server));
