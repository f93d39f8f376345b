import { Request } from "typed-session";

export async function cart(request: Request) {
  const session = request.session;
  if (!request.session?.userId) return [];
  return session.cart;
}
