import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { inject } from "vitest";
import { freshDatabase } from "./services/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a PostgreSQL that runs beside the tests; where there is none they open SQLite. */
    postgres: string | undefined;
  }
}

type Row = Record<string, unknown>;

/** An empty database of one test's own, in the dialect that its project names. */
export interface TestDatabase {
  /** As `openStore` takes it. */
  at: { file: string } | { url: string };
  /** Runs SQL that both dialects know, behind the store's back. */
  rows(sql: string): Promise<Row[]>;
  /** Takes it away. */
  remove(): Promise<void>;
}

export async function newDatabase(): Promise<TestDatabase> {
  const url = inject("postgres");
  return url === undefined ? newFile() : await newPostgres(await freshDatabase({ url }));
}

function newFile(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), "sarangbang-db-"));
  const file = join(folder, "chat.db");
  let sqlite: Database.Database | undefined;
  return {
    at: { file },
    async rows(sql) {
      sqlite ??= new Database(file, { timeout: 1_000 });
      const statement = sqlite.prepare(sql);
      if (statement.reader) return statement.all() as Row[];
      statement.run();
      return [];
    },
    async remove() {
      sqlite?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function newPostgres(url: string): Promise<TestDatabase> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return {
    at: { url },
    rows: async (sql) => (await client.query(sql)).rows,
    // Taken away with the whole server.
    remove: () => client.end(),
  };
}
