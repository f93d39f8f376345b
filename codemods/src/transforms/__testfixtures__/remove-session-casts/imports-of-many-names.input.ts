import {
  type Cart,
  Session,
  newCart,
  // used by the report
  type Total,
  SessionUser,
} from "./session";
import Shop, { ShopSession } from "./shop";
import { AdminSession, adminName } from "./admin";

export function cartOf(req: { session: unknown }): Cart | Total {
  const user = (req.session as { user: SessionUser }).user;
  const shop = (req.session as ShopSession).shop as Shop;
  const admin = (req.session as AdminSession).admin ?? adminName;
  return (req.session as Session).cart ?? newCart(user, shop, admin);
}
