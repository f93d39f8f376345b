import { append, unlink, type LinkedList, type Links } from "./linked-list.js";
import { ShardedMap } from "./sharded-map.js";

/** The place of a key in its group. */
export interface Membership extends Links<Membership> {
  readonly key: string;
  readonly group: Group;
}

interface Group extends LinkedList<Membership> {
  readonly name: string;
}

/** Which keys belong to which group. Joining and leaving take the same time in a group of one and of a million. */
export class GroupIndex {
  readonly #groups = new ShardedMap<Group>();

  keysOf(name: string): string[] {
    const keys: string[] = [];
    for (let member = this.#groups.get(name)?.first; member !== undefined; member = member.next) keys.push(member.key);
    return keys;
  }

  join(name: string, key: string): Membership {
    const group = this.#groups.get(name) ?? this.#create(name);
    const membership: Membership = { key, group, previous: undefined, next: undefined };
    append(group, membership);
    return membership;
  }

  leave(membership: Membership): void {
    const { group } = membership;
    unlink(group, membership);
    if (group.first === undefined) this.#groups.delete(group.name);
  }

  #create(name: string): Group {
    const group: Group = { name, first: undefined, last: undefined };
    this.#groups.set(name, group);
    return group;
  }
}
