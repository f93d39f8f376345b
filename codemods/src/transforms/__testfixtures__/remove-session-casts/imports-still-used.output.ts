import { Session } from "./session";
import type { ShopSession } from "./shop";
import type { AdminSession } from "./admin";
import type { GuestSession } from "./guest";

/** Like the {@link AdminSession}, for guests. */
export type { GuestSession };

export function isShop(req: { session: unknown }): ShopSession | undefined {
  if (!(req.session instanceof Session)) return undefined;
  console.log(req.session.id, req.session.id, req.session.id);
  return req.session;
}
