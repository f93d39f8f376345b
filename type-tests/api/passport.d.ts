import * as express from "express";
declare function forPassport(): express.RequestHandler;
export { forPassport };
