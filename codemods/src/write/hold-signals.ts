const signals = ["SIGINT", "SIGTERM"] as const;

/** Does something that must not be cut off: Ctrl-C waits until it is done. It has to be synchronous. */
export function holdSignals<Result>(work: () => Result): Result {
  const wait = () => {};
  for (const signal of signals) process.on(signal, wait);
  try {
    return work();
  } finally {
    for (const signal of signals) process.removeListener(signal, wait);
  }
}
