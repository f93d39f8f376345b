/** A goal that is a limit. `value` is what was measured. */
export function atMost(name, value, limit) {
  return { goal: name, value, limit: `<= ${limit}`, reached: value <= limit };
}

/** A goal that is set by a peer, as it was measured in the same run. */
export function below(name, value, limit) {
  return { goal: name, value, limit: `< ${limit}`, reached: value < limit };
}
