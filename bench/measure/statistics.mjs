export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median of what each round says of two contenders, so that a slow round meets both. */
export function pairedMedian(values, bases, compare) {
  return median(values.map((value, round) => compare(value, bases[round])));
}

export function ratio(value, base) {
  return value / base;
}

export function difference(value, base) {
  return value - base;
}

export function round(value, digits = 2) {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
