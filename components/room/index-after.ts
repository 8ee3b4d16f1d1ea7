import type { Entry } from "#lib/client/chat-client.ts";

/** Index of the first entry after seq, by halving: entries are in order, what is not posted yet stands last. */
export function indexAfter(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { state, message } = entries[middle] as Entry;
    if (state === "posted" && message.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
