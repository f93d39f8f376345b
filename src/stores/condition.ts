import type { SetOptions, StoreEntry } from "./base.js";

/** Whether a write with these options may happen over what is stored now, `null` for nothing. */
export function isAllowed(options: SetOptions, present: Pick<StoreEntry, "token"> | null): boolean {
  switch (options.when) {
    case "absent":
      return present === null;
    case "present":
      return present !== null;
    case "unchanged":
      return present?.token === options.token;
    default:
      return true;
  }
}
