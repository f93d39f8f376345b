/**
 * The `Cache-Control` of a response that sets a session: what the application said, but for no shared cache.
 *
 * @param present - what the application set; `undefined` for nothing
 * @param value - what the session asks for
 */
export function privateCaching(present: string | undefined, value: string): string {
  const directives = listed(present);
  if (directives.includes("private") || directives.includes("no-store")) return directives.join(", ");
  const kept = directives.filter((directive) => directive !== "public" && !directive.startsWith("s-maxage"));
  return [value, ...kept].join(", ");
}

/** The `Vary` of a response with one more field. */
export function varyBy(present: string | undefined, field: string): string {
  const fields = listed(present);
  const isThere = fields.some((each) => each === "*" || each.toLowerCase() === field.toLowerCase());
  return (isThere ? fields : [...fields, field]).join(", ");
}

function listed(header: string | undefined): readonly string[] {
  return header === undefined ? [] : header.split(/\s*,\s*/);
}
