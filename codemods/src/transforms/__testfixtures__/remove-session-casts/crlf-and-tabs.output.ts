import type { Request } from "express";

export function cart(req: Request) {
	if (!req.session.cart) {
		req.session.cart = [];
	}
	return req.session	.cart;
}
