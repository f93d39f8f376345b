/** What is in a list knows its neighbours itself, so that a list costs no objects of its own. */
export interface Links<T> {
  previous: T | undefined;
  next: T | undefined;
}

/** The ends of a doubly linked list. */
export interface LinkedList<T> {
  first: T | undefined;
  last: T | undefined;
}

export function append<T extends Links<T>>(list: LinkedList<T>, item: T): void {
  item.previous = list.last;
  if (list.last === undefined) list.first = item;
  else list.last.next = item;
  list.last = item;
}

export function unlink<T extends Links<T>>(list: LinkedList<T>, item: T): void {
  const { previous, next } = item;
  if (previous === undefined) list.first = next;
  else previous.next = next;
  if (next === undefined) list.last = previous;
  else next.previous = previous;
  // A removed item that still led to others would keep them in memory as long as it lasts itself.
  item.previous = undefined;
  item.next = undefined;
}
