import { cast } from "typed-session";
import { Request } from "typed-session/v3";

export const view = (request: Request) => cast({}, request.session);
