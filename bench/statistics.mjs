// What all benchmarks say of their figures.
import { cpus } from "node:os";

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function round(value, digits = 2) {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

export function machine() {
  return { node: process.version, processor: `${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}` };
}
