/**
 * Lets steps take turns by key, in the order in which they asked: those that share a key run side by side, one that has
 * it alone runs after all before it and before all behind it.
 */
export interface Turns {
  /** Runs a step beside others that share the key. */
  share<T>(key: string, step: () => Promise<T>): Promise<T>;
  /** Runs a step that has the key to itself. */
  alone<T>(key: string, step: () => Promise<T>): Promise<T>;
  /** How many keys have a step that has not ended. */
  readonly size: number;
}

/** The steps of one key that have not ended. */
interface Line {
  members: number;
  /** The end of the last step that has the key alone. */
  alone: Promise<unknown>;
  /** The end of all steps that share it. */
  shared: Promise<unknown>;
}

/** Turns of their own: nothing is remembered of a key whose steps have ended. */
export function createTurns(): Turns {
  const lines = new Map<string, Line>();

  /** Joins the line of a key. `end` comes after the step whether it failed or not. */
  function join<T>(key: string, line: Line, turn: Promise<unknown>, step: () => Promise<T>) {
    lines.set(key, line);
    line.members += 1;
    const result = turn.then(step);
    const leave = () => {
      line.members -= 1;
      if (line.members === 0) lines.delete(key);
    };
    return { result, end: result.then(leave, leave) };
  }

  const lineOf = (key: string): Line =>
    lines.get(key) ?? { members: 0, alone: Promise.resolve(), shared: Promise.resolve() };

  return {
    share(key, step) {
      const line = lineOf(key);
      const { result, end } = join(key, line, line.alone, step);
      line.shared = Promise.all([line.shared, end]);
      return result;
    },
    alone(key, step) {
      const line = lineOf(key);
      const { result, end } = join(key, line, Promise.all([line.alone, line.shared]), step);
      line.alone = end;
      return result;
    },
    get size() {
      return lines.size;
    },
  };
}

const turnsByOwner = new WeakMap<object, Turns>();

/** The turns of everyone in this process who uses the same object, such as a store that two bridges lead to. */
export function turnsOf(owner: object): Turns {
  const turns = turnsByOwner.get(owner) ?? createTurns();
  turnsByOwner.set(owner, turns);
  return turns;
}
