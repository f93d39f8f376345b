import { cast, Request } from "typed-session";

export const view = (request: Request) => cast({}, request.session);
