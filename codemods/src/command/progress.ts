import colors from "picocolors";

/** Progress on a terminal: one line, written anew for each step. Nothing where nobody watches. */
export interface ProgressLine {
  readonly show: (step: string) => void;
  /** Takes the line away, so that what is printed next stands alone. */
  readonly end: () => void;
}

/** What of a terminal is needed. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

const toLineStart = "\r\u001B[2K";

/**
 * @param isCi - whether it runs in continuous integration, where a log would keep every step
 */
export function createProgressLine(terminal: Terminal, isCi: boolean): ProgressLine {
  if (terminal.isTTY !== true || isCi) return { show: () => {}, end: () => {} };
  return {
    show: (step) => {
      const text = `${step} …`;
      const width = (terminal.columns ?? 80) - 1;
      // A longer line would wrap, and only its last part would go.
      const shown = text.length > width ? `${text.slice(0, Math.max(width - 1, 0))}…` : text;
      terminal.write(`${toLineStart}${colors.dim(shown)}`);
    },
    end: () => terminal.write(toLineStart),
  };
}

/**
 * Does something that takes long, with progress on the terminal of this process.
 *
 * @param work - is given what to call with each step
 */
export function withProgress<Result>(work: (onProgress: (step: string) => void) => Result): Result {
  const ci = process.env["CI"];
  const line = createProgressLine(process.stderr, ci !== undefined && ci !== "" && ci !== "false");
  try {
    return work(line.show);
  } finally {
    line.end();
  }
}
