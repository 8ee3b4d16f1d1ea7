import { Refusal } from "#lib/chat/refusal.ts";
import type { Change } from "./committed.ts";
import type { InOrder } from "./in-order.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Readers } from "./reading.ts";
import { repeating } from "./repeating.ts";
import type { Store } from "./store.ts";
import type { Writer } from "./writing.ts";

interface Parts {
  writer: Writer;
  readers: Readers;
  /** Who searches, where a search would keep all others waiting. */
  searchers?: Readers;
  committed: InOrder;
  /** Milliseconds between looks for changes made by other processes. */
  pollEvery: number;
  beforeClose?(): Promise<void>;
}

/** What the main thread sees of the threads of a database. */
export function storeOf({ writer, readers, searchers = readers, committed, pollEvery, beforeClose }: Parts): Store {
  const poll = oneAtATime(async () => {
    const changes = (await readers.call("changesAfter", committed.last())) as Change[];
    committed.tell({ changes, effects: [] });
  });
  // A look that fails (a reader that is being replaced) waits for the next turn.
  const stopPoll = repeating(pollEvery, poll);
  return {
    write: (name, ...[input]) => writer.call(name, input) as never,
    read: (name, ...[input]) => (name === "search" ? searchers : readers).call(name, input) as never,
    onCommitted: committed.listen,
    known: committed.last,
    async know(n) {
      // The one that was under way may have been asked too early, and no answer of the next one can be too old.
      for (let tries = 0; committed.last() < n; tries++) {
        if (tries === 2) throw new Refusal("busy", { retryAfter: 1 });
        await poll();
      }
    },
    close: async () => {
      stopPoll();
      await beforeClose?.();
      await Promise.all([readers.close(), searchers.close()]);
      await writer.close();
    },
  };
}

/** Outside of every promise: whoever supervises the process starts anew. */
export function endOnFailure(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
