export function read(req: any, key: string) {
  const cart = req["session"]["cart"];
  const other = req.session[key];
  return [cart, other, req.session[`user`]];
}
