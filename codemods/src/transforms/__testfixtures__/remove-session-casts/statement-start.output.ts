export function run(req: any) {
  const text = "no semicolon"
  ;req.session.a = text
  ;req.session.b = text
  for (const key of req.session.keys) console.log(key)
  return req.session.c
}
