import { markdownTable } from "markdown-table";

/** Rows as a table of Markdown, to be read in a terminal and to be put into the docs as it is. */
export function formatTable(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const align = columns.map((column) => (rows.some((row) => typeof row[column] === "number") ? "right" : "left"));
  return markdownTable([columns, ...rows.map((row) => columns.map((column) => formatCell(row[column])))], { align });
}

function formatCell(value) {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 4 }) : String(value);
}
