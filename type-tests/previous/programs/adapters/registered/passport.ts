import express from "express";
import { forPassport } from "typed-session/passport";

express().use(forPassport());
express().get("/login", forPassport(), (req, res) => res.json(req.session.cart));
// @ts-expect-error
forPassport({ regenerate: true });
