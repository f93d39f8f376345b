export { AppSession, appSession, backend, SignedIn } from "./session.js";
export { accountOf, addToCart, logIn, viewOf, type View } from "./shop.js";
export { address, announce } from "./address.js";
