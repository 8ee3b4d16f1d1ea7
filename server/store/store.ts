import { Refusal } from "#lib/chat/refusal.ts";
import { startCheckpoints } from "./checkpoints.ts";
import type { Commands } from "./commands.ts";
import type { Change, Committed } from "./committed.ts";
import { explain } from "./explain.ts";
import type { Queries } from "./queries.ts";
import { openReaders } from "./reading.ts";
import { openWriter } from "./writing.ts";

/** The database, seen from the main thread, which never opens it. Commands and queries are named functions in `commands/` and `queries/`. */
export interface Store {
  /** Resolves after the durable commit, and after `onCommitted` was told. Rejects with the command's Refusal, or `busy`. */
  write<Name extends keyof Commands>(name: Name, ...input: Rest<Commands[Name]>): ReturnType<Commands[Name]>;
  /** One read transaction. */
  read<Name extends keyof Queries>(name: Name, ...input: Rest<Queries[Name]>): ReturnType<Queries[Name]>;
  /** Hands over everything that was committed, in commit order, here or (changes alone) by another process. One listener; it must not throw. */
  onCommitted(listener: (committed: Committed) => void): void;
  /** The number of the last change that was handed over. What a command here committed is never told before the changes it was committed after. */
  known(): number;
  /** Resolves when all changes up to `n` were handed over, at once where they were; reads them otherwise, however long the poll would have waited. */
  know(n: number): Promise<void>;
  /** Finishes what was begun. */
  close(): Promise<void>;
}

/** What a command or query is given besides the database. */
type Rest<Named> = Named extends (db: never, ...rest: infer Given) => unknown ? Given : never;

export interface StoreOptions {
  /** Path of the SQLite file; made when it does not exist. */
  file: string;
  /** Threads that read. */
  readers?: number;
  /** Milliseconds a batch waits for the lock of another process before it is answered `busy`. */
  busyTimeout?: number;
  /** Milliseconds between looks for changes made by other processes. */
  pollEvery?: number;
  /** The oldest SQLite that is accepted. */
  oldestSqlite?: string;
  /** The module of the writer's thread. */
  writerModule?: URL;
  /** The module of a reader's thread. */
  readerModule?: URL;
}

const WRITER = new URL("./writer.ts", import.meta.url);

/**
 * Opens (or makes) the database, brings it to the newest schema and starts its threads. Rejects with an Error of one sentence when the file
 * cannot be used: not a database, locked, not writable, or a SQLite that is too old.
 */
export async function openStore({
  file,
  readers: count = 1,
  busyTimeout = 3_000,
  pollEvery = 200,
  oldestSqlite,
  writerModule = WRITER,
  readerModule,
}: StoreOptions): Promise<Store> {
  const options = { file, busyTimeout, oldestSqlite };
  const committed = inOrder();
  const writer = await openWriter(writerModule, options, committed).catch((error: unknown) => {
    throw explain(error, file);
  });
  const readers = await openReaders(count, options, { module: readerModule, giveUp: endOnFailure }).catch(
    async (error: unknown) => {
      await writer.close();
      throw explain(error, file);
    },
  );
  const stopCheckpoints = startCheckpoints(options, writer.checkpoint);
  const poll = oneAtATime(async () => {
    const changes = (await readers.call("changesAfter", committed.last())) as Change[];
    committed.tell({ changes, effects: [] });
  });
  const stopPoll = every(pollEvery, poll);
  return {
    write: (name, ...[input]) => writer.call(name, input) as never,
    read: (name, ...[input]) => readers.call(name, input) as never,
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
      await stopCheckpoints();
      await readers.close();
      await writer.close();
    },
  };
}

/** Outside of every promise: whoever supervises the process starts anew. */
function endOnFailure(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

/** The writer tells its own changes, and the poll may have told them before it: each is handed over once. */
function inOrder() {
  let listener: (committed: Committed) => void = () => {};
  let last = 0;
  return {
    tell({ changes, effects }: Committed): void {
      const news = changes.filter((change) => change.n > last);
      last = news.at(-1)?.n ?? last;
      if (news.length > 0 || effects.length > 0) listener({ changes: news, effects });
    },
    last: () => last,
    begin(n: number): void {
      last = n;
    },
    listen(next: (committed: Committed) => void): void {
      listener = next;
    },
  };
}

/** Whoever asks while it is under way gets the same answer. */
function oneAtATime(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= task().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** Repeats a task, `pause` milliseconds after its last end. A failure (a reader that is being replaced) waits for the next turn. */
function every(pause: number, task: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  const again = () => {
    timer = setTimeout(() => task().then(again, again), pause).unref();
  };
  again();
  return () => clearTimeout(timer);
}
