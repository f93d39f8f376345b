const shardCount = 256;

/**
 * A map that is split into many: one that outgrows its table moves all its entries at once, and for a million of them that
 * would hold up the event loop for a tenth of a second.
 */
export class ShardedMap<V> {
  readonly #shards: (Map<string, V> | undefined)[] = Array.from({ length: shardCount });
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#shards[shardOf(key)]?.get(key);
  }

  set(key: string, value: V): void {
    const shard = (this.#shards[shardOf(key)] ??= new Map());
    this.#size -= shard.size;
    shard.set(key, value);
    this.#size += shard.size;
  }

  delete(key: string): void {
    if (this.#shards[shardOf(key)]?.delete(key) === true) this.#size -= 1;
  }
}

/** How many characters of each end of a key its shard depends on: what tells keys apart is seldom in the middle alone. */
const endLength = 16;

/** The number of a key's shard, from the upper bits of a hash like FNV-1a. */
export function shardOf(key: string): number {
  const last = key.length - 1;
  let hash = key.length;
  for (let index = 0; index < endLength && index <= last; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index) ^ (key.charCodeAt(last - index) << 8), 0x01000193);
  }
  return (hash >>> 16) % shardCount;
}
