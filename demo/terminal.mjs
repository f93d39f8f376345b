import colors from "picocolors";

/** @param {string} text */
export function say(text = "") {
  console.log(text);
}

/**
 * @param {string} text
 */
export function title(text) {
  say(colors.bold(text));
}

/**
 * @param {number} number
 * @param {number} total
 * @param {string} text
 */
export function heading(number, total, text) {
  say();
  say(`${colors.bold(colors.cyan(`${number}/${total}`))} ${colors.bold(text)}`);
}

/** Says why something is done. @param {string} text */
export function explain(text) {
  say(colors.dim(indent(text)));
}

/** Shows the command that a person would type. @param {string} text */
export function command(text) {
  say(`  ${colors.dim("$")} ${text}`);
}

/** @param {string} text */
export function succeed(text) {
  say(`  ${colors.green("✓")} ${text}`);
}

/** @param {string} text */
export function fail(text) {
  console.error(colors.red(text));
}

/** Shows program text or a program's output as it is. @param {string} text */
export function block(text) {
  say(indent(text.trimEnd(), "    "));
}

/** Shows a unified diff. @param {string} text */
export function diff(text) {
  block(text.split("\n").map(paintDiffLine).join("\n"));
}

/** @param {string} line */
function paintDiffLine(line) {
  if (line.startsWith("+++") || line.startsWith("---")) return colors.bold(line);
  if (line.startsWith("@@")) return colors.cyan(line);
  if (line.startsWith("+")) return colors.green(line);
  if (line.startsWith("-")) return colors.red(line);
  return line;
}

/**
 * Shows one request and its answer.
 *
 * @param {string} request
 * @param {number} status
 * @param {string} answer
 */
export function exchange(request, status, answer) {
  const paint = status < 400 ? colors.green : colors.yellow;
  say(`  ${colors.bold(request)}`);
  say(`    ${paint(String(status))} ${answer}`);
}

/**
 * Shows rows in aligned columns.
 *
 * @param {readonly (readonly string[])[]} rows
 */
export function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    say(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}`,
    );
  }
}

/**
 * @param {string} text
 * @param {string} by
 */
function indent(text, by = "  ") {
  return text.replace(/^(?=.)/gm, by);
}
