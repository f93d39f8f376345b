export function userOf(request: { session: object }) {
  const session = request.session;
  return request.session ? request.session.userId : session.userId;
}
