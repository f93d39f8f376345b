import type { Session } from "./session";

declare const request: { session: object };
console.log((request.session as Session).userId);
