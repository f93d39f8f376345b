/** A point at which a test holds something up, until it opens the gate or breaks it. */
export interface Gate {
  /** Resolves when the gate is open, rejects when it is broken. */
  readonly passed: Promise<void>;
  open(): void;
  fail(error: Error): void;
}

export function closedGate(): Gate {
  const handles: { open?: () => void; fail?: (error: Error) => void } = {};
  const passed = new Promise<void>((resolve, reject) => {
    handles.open = resolve;
    handles.fail = reject;
  });
  return { passed, open: () => handles.open?.(), fail: (error) => handles.fail?.(error) };
}

/** Comes after all that can happen without anything from outside. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
