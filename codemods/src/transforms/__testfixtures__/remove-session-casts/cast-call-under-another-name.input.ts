import { cast as castSession } from "typed-session";
import { cast } from "./columns";
import { Session } from "./session";

export function userId(request: { session: unknown }) {
  return cast("uuid", castSession(Session, request.session).userId);
}
