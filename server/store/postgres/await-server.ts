import { setTimeout as sleep } from "node:timers/promises";
import { explain } from "./explain.ts";
import { isPassing } from "./failures.ts";

export interface Waiting {
  /** Milliseconds in which a server that is not there yet, or has no connection left, may come to be of use. */
  patience?: number;
  /** Is told, once a try, why it waits. */
  waiting?(reason: string): void;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/** Tries again, with longer and longer pauses, while the server may only be on its way. Rejects with one sentence otherwise. */
export async function awaitServer<Opened>(
  open: () => Promise<Opened>,
  url: string,
  { patience = 60_000, waiting, signal }: Waiting,
): Promise<Opened> {
  const end = performance.now() + patience;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    try {
      return await open();
    } catch (error) {
      const told = explain(error, url);
      if (!isPassing(error) || performance.now() + pause > end || signal?.aborted) throw told;
      waiting?.(told.message);
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}
