export function read(req: any, key: string) {
  const cart = (req["session"] as any)["cart"];
  const other = (req.session as any)[key];
  return [cart, other, (req.session as Record<string, any>)[`user`]];
}
