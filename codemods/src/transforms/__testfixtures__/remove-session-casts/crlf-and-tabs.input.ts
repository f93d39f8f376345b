import type { Request } from "express";
import type { Session } from "./session";

export function cart(req: Request) {
	if (!(req.session as any).cart) {
		// @ts-ignore
		req.session.cart = [];
	}
	return (req.session as unknown as Session)	.cart;
}
