/** A string literal: in double quotes, unless it has more of them than of single ones. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text).replace(/[\u2028\u2029]/g, (character) =>
    character === "\u2028" ? "\\u2028" : "\\u2029",
  );
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  if (doubles <= singles) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A literal as it is written in code. */
export function literalText(value: string | number | boolean): string {
  return typeof value === "string" ? quote(value) : String(value);
}

/** The name of a member in a type or an object literal, in quotes where it has to be. */
export function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** Like {@link keyText}, where `__proto__` would not be a member but the prototype. */
export function objectKeyText(key: string): string {
  return key === "__proto__" ? `["__proto__"]` : keyText(key);
}
