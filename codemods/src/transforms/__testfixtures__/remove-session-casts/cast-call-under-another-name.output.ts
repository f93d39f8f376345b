import { cast } from "./columns";

export function userId(request: { session: unknown }) {
  return cast("uuid", request.session.userId);
}
