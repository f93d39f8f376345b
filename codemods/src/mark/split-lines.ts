/** The lines of a text as the compiler counts them, each with what ends it. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n\r\u2028\u2029]*(?:\r\n|[\n\r\u2028\u2029]|$)/g) ?? [];
}
