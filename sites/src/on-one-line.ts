/** Source text for a message. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
