import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Answer, type Failure, Thread } from "./thread.ts";

/** Tries in a row before a reader is given up: more than half a minute of them. */
const TRIES = 10;
/** Milliseconds between two tries: none before the first, then twice as many each time. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

export interface Readers {
  call(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

interface ReadersOptions {
  /** The module of a reader's thread. */
  module: URL;
  pause?(milliseconds: number): Promise<unknown>;
  /** A reader ended, and no other could be started in its place. */
  giveUp(error: Error): void;
}

type Reader = Thread<(Answer | Failure)[]>;

/**
 * Threads that read; a call goes to the least busy one, and one that dies is replaced: at once, then with longer and longer pauses.
 * Rejects when one cannot start in the first place.
 */
export async function openReaders(
  count: number,
  options: object,
  { module, pause = (milliseconds) => sleep(milliseconds, undefined, { ref: false }), giveUp }: ReadersOptions,
): Promise<Readers> {
  const readers = new Set<Reader>();
  let closed = false;

  async function start(): Promise<void> {
    const reader: Reader = new Thread(module, options, (answers) => {
      for (const answer of answers) reader.settle(answer);
    });
    await reader.ready;
    // Closed while it was starting: nobody would close it any more.
    if (closed) return reader.close();
    readers.add(reader);
    void reader.exited.then(() => {
      readers.delete(reader);
      return replace();
    });
  }

  async function replace(): Promise<void> {
    let failure: Error | undefined;
    for (let tries = 0; tries < TRIES; tries++) {
      await pause(pauseBefore(tries));
      if (closed) return;
      failure = await start().then(() => undefined, asError);
      if (!failure) return;
    }
    giveUp(
      new Error(`The database cannot be read any more, after ${TRIES} tries: ${failure?.message}`, { cause: failure }),
    );
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...readers].map((reader) => reader.close()));
  }

  const started = await Promise.allSettled(Array.from({ length: count }, start));
  const failed = started.find((each) => each.status === "rejected");
  if (failed) {
    await close();
    throw failed.reason;
  }
  return {
    call: (name, input) =>
      leastBusy(readers)?.call(name, input) ?? Promise.reject(new Refusal("busy", { retryAfter: 1 })),
    close,
  };
}

/** Readers that are opened by the first call; where they cannot be, that call rejects and the next one tries again. */
export function lateReaders(open: () => Promise<Readers>): Readers {
  let opened: Promise<Readers> | undefined;
  const begin = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    call: async (name, input) => (await begin()).call(name, input),
    close: async () => (await opened)?.close(),
  };
}

const pauseBefore = (tries: number) => (tries === 0 ? 0 : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)));

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

function leastBusy(readers: ReadonlySet<Reader>): Reader | undefined {
  let least: Reader | undefined;
  for (const reader of readers) if (!least || reader.waiting < least.waiting) least = reader;
  return least;
}
