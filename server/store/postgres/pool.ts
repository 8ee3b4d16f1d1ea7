import type { Writable } from "node:stream";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Db } from "#server/store/connection.ts";
import { unfitness } from "./failures.ts";

export interface PoolOptions {
  /** postgres://user:password@host:port/database */
  url: string;
  /** Connections. */
  size: number;
  /** Milliseconds that a new connection may take. */
  connectTimeout: number;
  /** Milliseconds that a statement waits for a lock. */
  lockTimeout: number;
  /** Milliseconds that a statement may take. */
  statementTimeout: number;
}

/** One connection, ours until it is released. Statements that are begun without waiting travel together and are answered in order. */
export interface Lease {
  db: Db;
  /** Runs a statement without parameters; the answer's command is what the server did. */
  run(text: string): Promise<{ command: string }>;
  /** How many statements have changed something, or tried to. */
  writes(): number;
  /** What went wrong first since this was asked last: statements that travelled with it only say that the transaction was aborted. */
  firstFailure(): Error | undefined;
  /** A connection that something went wrong with is not given to anybody else. */
  release(isBroken: boolean): void;
}

export interface Pool {
  /** Waits for a connection that is free. Rejects when the server cannot be reached, or has none for us at all, and then for all who wait. */
  take(): Promise<Lease>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(lease: Lease): void;
  reject(error: Error): void;
}

/** The server answers later than this only when it cannot be heard. */
const NETWORK = 2_000;
/** Milliseconds that a transaction may lie idle: a node that went silent must not keep others from its rooms. */
const IDLE_IN_TRANSACTION = 10_000;
/** Making a connection costs more than keeping it. */
const IDLE = 300_000;

/** Connections that are made when they are needed. */
export function openPool(options: PoolOptions): Pool {
  const pool = new pg.Pool(configOf(options));
  // One that ends while nobody uses it is gone from the pool, and that is all there is to it.
  pool.on("error", () => {});
  const leases = new WeakMap<pg.PoolClient, Omit<Lease, "release">>();
  const waiting: Waiting[] = [];
  let free = options.size;

  async function hand(first: Waiting): Promise<void> {
    const { resolve, reject } = first;
    try {
      const client = await pool.connect();
      const lease = leases.get(client) ?? leaseOf(client);
      leases.set(client, lease);
      resolve({ ...lease, release: (isBroken) => giveBack(client, isBroken) });
    } catch (error) {
      // A server without another connection has not taken back those that there are.
      const isCrowded = unfitness(error) === "crowded";
      if (isCrowded && pool.idleCount > 0) return hand(first);
      free += 1;
      if (isCrowded && free < options.size) return void waiting.unshift(first);
      reject(error as Error);
      for (const each of waiting.splice(0)) each.reject(error as Error);
    }
  }

  function giveBack(client: pg.PoolClient, isBroken: boolean): void {
    client.release(isBroken);
    const next = waiting.shift();
    if (next) void hand(next);
    else free += 1;
  }

  return {
    take: () =>
      new Promise((resolve, reject) => {
        if (free === 0) {
          waiting.push({ resolve, reject });
          return;
        }
        free -= 1;
        void hand({ resolve, reject });
      }),
    close: () => pool.end(),
  };
}

function leaseOf(client: pg.PoolClient): Omit<Lease, "release"> {
  let written = 0;
  let failure: Error | undefined;
  // While it is lent it ends with the statement that fails.
  client.on("error", () => {});
  const logger = {
    logQuery(text: string) {
      if (!text.startsWith("select")) written += 1;
    },
  };
  const hold = heldWrites(client);
  const query = (...asked: [string]) => {
    hold();
    const answer = client.query(...asked);
    // Whoever began several and saw the first fail never awaits the others.
    answer.catch((error: Error) => {
      failure ??= error;
    });
    return answer;
  };
  return {
    db: drizzle({ client: { query } as unknown as pg.PoolClient, logger }) as unknown as Db,
    run: query,
    writes: () => written,
    firstFailure() {
      const first = failure;
      failure = undefined;
      return first;
    },
  };
}

/** What a turn sends goes in one write: a write costs more than most statements. */
function heldWrites(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  let isHeld = false;
  return () => {
    if (isHeld) return;
    isHeld = true;
    stream.cork();
    process.nextTick(() => {
      isHeld = false;
      stream.uncork();
    });
  };
}

function configOf({ url, size, connectTimeout, lockTimeout, statementTimeout }: PoolOptions): pg.PoolConfig {
  const address = new URL(url);
  const theirs = address.searchParams.get("options") ?? "";
  address.searchParams.delete("options");
  const ours = {
    // A RECEIPT means on the disk (promises.md), whatever the server, the database or the role says.
    synchronous_commit: "on",
    default_transaction_isolation: "read\\ committed",
    lock_timeout: lockTimeout,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
  };
  return {
    connectionString: address.href,
    application_name: "sarangbang",
    options: [theirs, ...Object.entries(ours).map(([name, value]) => `-c ${name}=${value}`)].join(" "),
    max: size,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: statementTimeout + NETWORK,
    idleTimeoutMillis: IDLE,
    keepAlive: true,
    pipeline: true,
  } as pg.PoolConfig;
}
