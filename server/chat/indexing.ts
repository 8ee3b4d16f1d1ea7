import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Store } from "#server/store/store.ts";

/** Messages that a search waits for: more of them come after an upgrade or a restore, and take their time. */
const WAITED_FOR = 400;

/** Pieces that a search waits for: people may be writing as fast as it goes. */
const MOST_PIECES = 10;

/** Rooms that share a piece, and its commit. */
const TOGETHER = 100;

/**
 * Makes what was said until now searchable, so that a search finds what was just posted. Resolves with whether it did not: where too much is to be done,
 * or it cannot be done now, `startIndexing` goes on with it, and tells why it cannot.
 */
export async function catchUp(store: Store): Promise<boolean> {
  const waiting = await store.read("unindexed");
  const behind = waiting.reduce((sum, room) => sum + Number(room.behind), 0);
  if (behind > WAITED_FOR) return true;
  let isLeft = false;
  const failed = () => {
    isLeft = true;
  };
  const index = async (rooms: string[]) => {
    let more = true;
    for (let pieces = 0; more && pieces < MOST_PIECES; pieces++)
      ({ more } = await store.write("indexMessages", { rooms }));
    if (more) failed();
  };
  await indexAll(waiting, index, failed).catch(failed);
  return isLeft;
}

/** Rejects when nothing can be done now. What is wrong with one room keeps no other from being found. */
async function indexAll(
  waiting: readonly { room: string }[],
  index: (rooms: string[]) => Promise<void>,
  failed: (error: unknown) => void,
): Promise<void> {
  for (let begin = 0; begin < waiting.length; begin += TOGETHER) {
    const rooms = waiting.slice(begin, begin + TOGETHER).map(({ room }) => room);
    await index(rooms).catch(async (error: unknown) => {
      if (isRefusal(error)) throw error;
      for (const room of rooms) await index([room]).catch(unlessRefused(failed));
    });
  }
}

function unlessRefused(failed: (error: unknown) => void) {
  return (error: unknown): void => {
    if (isRefusal(error)) throw error;
    failed(error);
  };
}

interface IndexingOptions {
  store: Store;
  /** Milliseconds between two looks. */
  every?: number;
  failed(error: unknown): void;
}

/**
 * Makes messages searchable beside everything else: what was posted, and whatever an upgrade, a restore or a copy left to do. A piece at a time, and as long
 * a pause as it took, so that nobody's message waits for more than one. Returns how to stop.
 */
export function startIndexing({ store, every = 2_000, failed }: IndexingOptions): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function index(rooms: readonly string[]): Promise<void> {
    for (let more = true; more && !signal.aborted; ) {
      const began = performance.now();
      ({ more } = await store.write("indexMessages", { rooms }));
      if (more) await sleep(performance.now() - began, undefined, { signal }).catch(() => {});
    }
  }

  async function indexWaiting(): Promise<void> {
    await indexAll(await store.read("unindexed"), index, failed);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await indexWaiting().catch((error: unknown) => {
        if (!isRefusal(error)) failed(error);
      });
      await sleep(every, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
