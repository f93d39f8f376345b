import { createHash } from "node:crypto";

/** A script that Redis runs as one step, on one key, so that it works in a cluster. */
export interface RedisScript {
  readonly text: string;
  /** The name under which Redis remembers it. */
  readonly sha1: string;
}

function script(text: string): RedisScript {
  return { text, sha1: createHash("sha1").update(text).digest("hex") };
}

/** The token of the entry, or false where it has ended: by the caller's clock, as everywhere in this store. */
const liveToken = `
local found = redis.call('HMGET', KEYS[1], 't', 'e')
local token = found[1]
if token and tonumber(found[2]) <= tonumber(ARGV[1]) then token = false end`;

/** Parameters: now, condition, the token it names, the new token, value, end, milliseconds to live. Gives 1 if written. */
export const setScript: RedisScript = script(`${liveToken}
local condition = ARGV[2]
if condition == 'absent' and token then return 0 end
if condition == 'present' and not token then return 0 end
if condition == 'unchanged' and token ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], 't', ARGV[4], 'v', ARGV[5], 'e', ARGV[6])
redis.call('PEXPIRE', KEYS[1], ARGV[7])
return 1`);

/** Parameters: now, token. Gives 1 if the entry had that token and is removed. */
export const deleteScript: RedisScript = script(`${liveToken}
if token ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[1])
return 1`);

/** Parameters: now, end, milliseconds to live. Gives 1 if there is an entry. */
export const renewScript: RedisScript = script(`${liveToken}
if not token then return 0 end
redis.call('HSET', KEYS[1], 'e', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`);

/**
 * Parameters: now, end, member. Members that have ended go, and the group itself goes with its last one. A member keeps a
 * later end: whether the write that brings an earlier one happens is not known yet.
 */
export const joinGroupScript: RedisScript = script(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local known = redis.call('ZSCORE', KEYS[1], ARGV[3])
if not known or tonumber(known) < tonumber(ARGV[2]) then redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3]) end
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
redis.call('PEXPIRE', KEYS[1], math.ceil(tonumber(last[2]) - tonumber(ARGV[1])))
return 1`);
