import { Refusal } from "#lib/chat/refusal.ts";
import type { Batch } from "./group-commit.ts";
import type { InOrder } from "./in-order.ts";
import { Thread } from "./thread.ts";

// A writer that dies on its way up is not started again in a tight loop.
const RESTART_PAUSE = 500;

export interface Writer {
  call(name: string, input: unknown): Promise<unknown>;
  /** Moves the rest of the write-ahead log between two batches, so that it can start anew. */
  checkpoint(): void;
  close(): Promise<void>;
}

/**
 * The one thread that writes. `tell` gets what was committed before its command is answered, in commit order; `last` is the highest change told
 * so far. A writer that is stuck or dies is replaced; what it had not answered is answered `busy`, and a retry finds out what became of it.
 */
export async function openWriter(module: URL, options: object, { tell, last, begin }: InOrder): Promise<Writer> {
  let current: Thread<Batch> | undefined;
  let closed = false;

  async function start(known?: number): Promise<void> {
    const thread: Thread<Batch> = new Thread(module, { ...options, known }, ({ foreign, outcomes, stuck }) => {
      tell({ changes: foreign, effects: [] });
      for (const outcome of outcomes) {
        if (outcome.ok) tell(outcome);
        thread.settle(outcome);
      }
      if (stuck) void thread.terminate();
    });
    const ready = await thread.ready;
    if (known === undefined) begin(ready.last);
    current = thread;
    void thread.exited.then(restart);
  }

  async function restart(): Promise<void> {
    current = undefined;
    while (!closed && !current) {
      await start(last()).catch(() => new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE)));
    }
  }

  await start();
  return {
    call: (name, input) => current?.call(name, input) ?? Promise.reject(new Refusal("busy", { retryAfter: 1 })),
    checkpoint: () => current?.tell("checkpoint"),
    close: async () => {
      closed = true;
      await current?.close();
    },
  };
}
