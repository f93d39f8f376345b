import { Router } from "express";
import { takeFlash } from "../flash";
import { requireLogin } from "../middleware/require-login";
import { totalPrice } from "../products";
import type { ShopSession } from "../types/shop-session";
import { findUser } from "../users";

export const account = Router();

account.use(requireLogin);

account.get("/", (req, res) => {
  const session = req.session as unknown as ShopSession;
  const user = findUser(session.userId);
  if (!user) {
    res.status(404).json({ error: "This account no longer exists." });
    return;
  }

  res.json({
    email: user.email,
    name: (req.session as any)?.user?.name,
    // It was a Date when it went in.
    since: new Date((req.session as any).since).toISOString(),
    total: totalPrice((req as any).session.cart ?? []),
    message: takeFlash(req),
  });
});
