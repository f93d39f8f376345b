import colors from "picocolors";

/** A line on the terminal for each step; nothing where nobody watches. */
export function showProgress(step: string): void {
  if (process.stderr.isTTY && process.env["CI"] === undefined) console.error(colors.dim(`${step} …`));
}
