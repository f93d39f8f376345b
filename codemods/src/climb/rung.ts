/** How a migrated site ended: 1 typed, 2 typed with `!` on the value, 3 with a cast of the value, 4 left as it was. */
export type Rung = 1 | 2 | 3 | 4;
