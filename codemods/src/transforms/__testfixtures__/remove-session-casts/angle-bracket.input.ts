import { Session } from "./session";

export function userOf(request: { session: object }) {
  const session = <Session>request.session;
  return <any>request.session ? (<Session>(<unknown>request.session)).userId : session.userId;
}
