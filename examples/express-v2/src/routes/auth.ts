import { Router } from "express";
import { flash } from "../flash";
import { findByCredentials } from "../users";

export const auth = Router();

auth.post("/login", async (req, res, next) => {
  const { email, password } = req.body ?? {};
  if (typeof email !== "string" || typeof password !== "string") {
    res.status(400).json({ error: "Send your email and password." });
    return;
  }

  const user = await findByCredentials(email, password);
  if (!user) {
    res.status(401).json({ error: "Wrong email or password." });
    return;
  }

  // A new session id at login; what the guest put in the cart moves along.
  const guestCart = (req.session as any).cart;
  req.session.regenerate((error) => {
    if (error) return next(error);

    // @ts-ignore
    req.session.userId = user.id;
    (req.session as any).user = { name: user.name };
    (req.session as any).cart = guestCart ?? [];
    (req.session as any).since = new Date();
    flash(req, `Welcome back, ${user.name}!`);
    res.json({ user: user.name });
  });
});

auth.post("/logout", (req, res, next) => {
  req.session.destroy((error) => {
    if (error) return next(error);
    res.clearCookie("shop.sid").status(204).end();
  });
});
