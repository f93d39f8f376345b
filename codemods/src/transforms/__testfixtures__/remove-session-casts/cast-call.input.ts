import { cast, Request } from "typed-session";
import { Session } from "./session";

export async function cart(request: Request) {
  const session = cast(Session, request.session);
  if (!cast(Session, request.session)?.userId) return [];
  return session.cart;
}
