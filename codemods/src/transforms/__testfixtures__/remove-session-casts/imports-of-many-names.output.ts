import {
  type Cart,
  newCart,
  // used by the report
  type Total,
} from "./session";
import Shop from "./shop";
import { adminName } from "./admin";

export function cartOf(req: { session: unknown }): Cart | Total {
  const user = req.session.user;
  const shop = req.session.shop as Shop;
  const admin = req.session.admin ?? adminName;
  return req.session.cart ?? newCart(user, shop, admin);
}
