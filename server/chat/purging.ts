import type { Store } from "#server/store/store.ts";

const HOUR = 60 * 60 * 1_000;

interface PurgingOptions {
  store: Store;
  /** Milliseconds since 1970. */
  now?(): number;
  /** Milliseconds between two looks. */
  every?: number;
  failed(error: unknown): void;
}

/** Takes away what nobody needs any more, now and then, a few rows at a time. Only the server does it, never the command line. Returns how to stop. */
export function startPurging({ store, now = Date.now, every = HOUR, failed }: PurgingOptions): () => Promise<void> {
  let stopped = false;
  let purging: Promise<void> = Promise.resolve();

  async function purge(): Promise<void> {
    for (let more = true; more && !stopped; ) ({ more } = await store.write("purge", { now: now() }));
  }

  const timer = setInterval(() => {
    purging = purging.then(purge).catch(failed);
  }, every).unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await purging;
  };
}
