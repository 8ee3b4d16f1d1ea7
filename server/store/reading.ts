import type { ConnectionOptions } from "./connection.ts";
import { type Answer, type Failure, Thread } from "./thread.ts";

const READER = new URL("./reader.ts", import.meta.url);

export interface Readers {
  call(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Threads with read-only connections; a call goes to the least busy one, and one that dies is replaced. */
export async function openReaders(count: number, options: ConnectionOptions): Promise<Readers> {
  const threads = new Set<Thread<Answer | Failure>>();
  let closed = false;

  async function start(): Promise<void> {
    const thread: Thread<Answer | Failure> = new Thread(READER, options, (answer) => thread.settle(answer));
    threads.add(thread);
    void thread.exited.then(() => {
      threads.delete(thread);
      if (!closed) start().catch(() => {});
    });
    await thread.ready;
  }

  await Promise.all(Array.from({ length: count }, start));
  return {
    call: (name, input) => leastBusy(threads).call(name, input),
    close: async () => {
      closed = true;
      await Promise.all([...threads].map((thread) => thread.close()));
    },
  };
}

function leastBusy(threads: Iterable<Thread<unknown>>): Thread<unknown> {
  return Iterator.from(threads).reduce((least, thread) => (thread.waiting < least.waiting ? thread : least));
}
