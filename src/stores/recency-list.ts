import { append, unlink, type LinkedList, type Links } from "./linked-list.js";

/** Items in the order of their last use, and a cursor that goes round all of them, whatever is moved or removed meanwhile. */
export class RecencyList<T extends Links<T>> {
  readonly #list: LinkedList<T> = { first: undefined, last: undefined };
  #cursor: T | undefined;

  /** The item that was used longest ago. */
  get oldest(): T | undefined {
    return this.#list.first;
  }

  add(item: T): void {
    append(this.#list, item);
  }

  remove(item: T): void {
    if (this.#cursor === item) this.#cursor = item.next;
    unlink(this.#list, item);
  }

  /** The next item of the round, which begins with the oldest; `undefined` where there is none at all. */
  advance(): T | undefined {
    const item = this.#cursor ?? this.oldest;
    this.#cursor = item?.next;
    return item;
  }
}
