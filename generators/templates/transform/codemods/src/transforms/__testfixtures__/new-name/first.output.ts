export function view(req: { session: any }): string {
  return req.session.userId;
}
