const longest = 60;

/** Source text for a report: on one line, and not too long. */
export function excerpt(text: string): string {
  const written = text.replace(/\s+/g, " ");
  return written.length > longest ? `${written.slice(0, longest - 1)}…` : written;
}
