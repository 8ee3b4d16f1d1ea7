/** Enough that a node with few rooms hears little of the others', few enough that all are bound in a moment. The same on all nodes, for ever. */
export const SHARDS = 128;

/** Which shard a key belongs to: FNV-1a over its UTF-16 code units, so that every node agrees. */
export function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  // The low bits alone would hardly mix the last letter.
  return ((hash >>> 16) ^ hash) & (SHARDS - 1);
}
