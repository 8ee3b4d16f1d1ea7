import pg from "pg";
import { LOCKS } from "./advisory-locks.ts";
import { awaitServer, type Waiting } from "./await-server.ts";

/** Milliseconds. */
const PAUSE = 1_000;
const CONNECT = 10_000;

/**
 * Tells restore and copy that a server runs on this database, until it is let go: a session-level lock that all servers share, gone with the connection
 * however that ends, and taken again when the database is back. Rejects with one sentence while one of the two holds the database alone,
 * and when there is no connection for it after `patience`.
 */
export async function shareDatabase(url: string, options: Waiting = {}): Promise<() => Promise<void>> {
  let over = false;
  let client = await awaitServer(share, url, options);

  async function share(): Promise<pg.Client> {
    const connection = new pg.Client({
      connectionString: url,
      application_name: "sarangbang",
      connectionTimeoutMillis: CONNECT,
      keepAlive: true,
    });
    connection.on("error", () => {});
    try {
      await connection.connect();
      const { rows } = await connection.query("select pg_try_advisory_lock_shared($1) as shared", [LOCKS.servers]);
      if (!rows[0].shared) throw new Error("The database is being restored or copied; start again when that is done.");
    } catch (error) {
      await connection.end().catch(() => {});
      throw error;
    }
    connection.once("end", again);
    return connection;
  }

  function again(): void {
    if (over) return;
    setTimeout(() => {
      share().then((connection) => {
        client = connection;
        if (over) return connection.end();
      }, again);
    }, PAUSE).unref();
  }

  return async () => {
    over = true;
    await client.end().catch(() => {});
  };
}

/** Holds the database for this connection alone, as far as servers are concerned, until it ends. False while one runs. */
export async function holdDatabase(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("select pg_try_advisory_lock($1) as alone", [LOCKS.servers]);
  return rows[0].alone;
}
