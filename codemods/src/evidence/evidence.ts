import type { Shape } from "../shape/shape.js";

/** How much a piece of evidence weighs: a stronger one makes the weaker ones superfluous. */
export type Strength = "declared" | "written" | "demanded" | "hinted";

/** Something in the application's code that says what a key of the session holds. */
export interface Evidence {
  /** The key's name. */
  readonly key: string;
  /** What it says of the key's type: plain data, which may change between minor versions. */
  readonly shape: Shape;
  /** How much it weighs. */
  readonly strength: Strength;
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What is written there. */
  readonly found: string;
}
