import pg from "pg";
import { migrate } from "#server/store/postgres/migrate.ts";
import { openPool } from "#server/store/postgres/pool.ts";
import { type ArchivedTable, type Kind, MADE_ANEW, quoted, TABLES } from "./archived-table.ts";
import { AT_ONCE, type Row, type Rows, type Value } from "./rows.ts";

export interface PostgresSource extends Rows {
  client: pg.Client;
  close(): Promise<void>;
}

const PATIENCE = 10_000;

/** The database as it is at this moment, whatever servers write to it meanwhile. */
export async function openPostgresSource(url: string): Promise<PostgresSource> {
  const client = await openClient(url);
  await client.query("begin isolation level repeatable read read only");
  return { client, ...rowsOf(client), close: () => client.end() };
}

export interface PostgresTarget extends Rows {
  client: pg.Client;
  write(table: ArchivedTable, rows: Row[]): Promise<void>;
  /** Everything is there, at once for everybody. */
  finish(): Promise<void>;
  /** Everything is as it was. */
  abandon(): Promise<void>;
}

/** The same tables, empty, in a transaction: until it is finished everybody sees what was there before. */
export async function openPostgresTarget(url: string): Promise<PostgresTarget> {
  const client = await openClient(url);
  await client.query("begin");
  const names = [...TABLES.map(({ name }) => name), ...MADE_ANEW];
  await client.query(`truncate ${names.map(quoted).join(", ")}`);
  return {
    client,
    ...rowsOf(client),
    async write(table, rows) {
      const names = table.columns.map(({ name }) => name);
      const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
      await client.query(insertOf(table), [JSON.stringify(objects)]);
    },
    async finish() {
      await client.query("commit");
      await client.end();
    },
    abandon: () => client.end(),
  };
}

/** A connection of our own, without the limits that a server's statements have: a large table takes its time. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "sarangbang",
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
  });
  // Whoever waits for an answer is told; and nobody else has to.
  client.on("error", () => {});
  await client.connect();
  await client.query(
    "set synchronous_commit = on; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '10s'",
  );
  return client;
}

/** Brings the database to the newest schema, as every server does when it starts. */
export async function migratePostgres(url: string): Promise<void> {
  const limits = { connectTimeout: PATIENCE, lockTimeout: PATIENCE, statementTimeout: 60_000 };
  const pool = openPool({ url, size: 1, ...limits });
  try {
    const lease = await pool.take();
    try {
      await migrate(lease);
    } finally {
      lease.release(true);
    }
  } finally {
    await pool.close();
  }
}

function rowsOf(client: pg.Client): Rows {
  return {
    async count({ name }) {
      const { rows } = await client.query(`select count(*)::int as count from ${quoted(name)}`);
      return rows[0].count;
    },
    async *read(table) {
      const { name, columns } = table;
      const list = columns.map((column) => quoted(column.name)).join(", ");
      await client.query(
        `declare rows no scroll cursor for select ${list} from ${quoted(name)} order by ${orderOf(table)}`,
      );
      try {
        for (;;) {
          const { rows } = await client.query({ text: `fetch ${AT_ONCE} from rows`, rowMode: "array" });
          if (rows.length === 0) return;
          yield rows.map((row: Value[]) => row.map((value, index) => fromPostgres(value, columns[index]?.kind)));
        }
      } finally {
        // Whoever has seen enough leaves it open; where the transaction has failed it is gone already.
        await client.query("close rows").catch(() => {});
      }
    },
  };
}

/** Text in the order of its octets, as SQLite has it, and not in that of the database's language. */
function orderOf({ key, columns }: ArchivedTable): string {
  const isText = (name: string) => columns.find((column) => column.name === name)?.kind === "text";
  return key.map((name) => `${quoted(name)}${isText(name) ? ' collate "C"' : ""}`).join(", ");
}

function insertOf({ name, columns }: ArchivedTable): string {
  const list = columns.map((column) => quoted(column.name)).join(", ");
  return `insert into ${quoted(name)} (${list}) select ${list} from json_populate_recordset(null::${quoted(name)}, $1::json)`;
}

/** 64-bit numbers come as text, and all of ours are whole and small enough. */
function fromPostgres(value: Value, kind: Kind | undefined): Value {
  return kind === "integer" && value !== null ? Number(value) : value;
}
