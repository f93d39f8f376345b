export function run(req: any) {
  const text = "no semicolon"
  ;(req.session as any).a = text
  ;(<any>req.session).b = text
  for (const key of (req.session as any).keys) console.log(key)
  return(req.session as any).c
}
