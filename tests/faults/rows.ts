import { connect } from "#server/store/connection.ts";
import type { TestServer } from "#tests/support/server.ts";
import { query } from "#tests/support/services/postgres.ts";
import type { Row } from "./oracle.ts";

/** A room in the order of its numbers, as it is on the disk; of SQLite's file it is asserted that it is whole. */
export async function readRows(database: TestServer["database"], room: string): Promise<Row[]> {
  const columns = `id, rev, seq, author, client_id as "clientId", text`;
  const select = `select ${columns} from messages where room = '${room}' order by rev`;
  if ("url" in database) {
    const rows = (await query(database.url, select)) as unknown as Row[];
    return rows.map((row) => ({ ...row, rev: Number(row.rev), seq: Number(row.seq) }));
  }
  const { sqlite } = connect({ ...database, busyTimeout: 1_000, readonly: true });
  try {
    const verdict = sqlite.pragma("integrity_check", { simple: true });
    if (verdict !== "ok") throw new Error(`integrity_check: ${verdict}`);
    return sqlite.prepare(select).all() as Row[];
  } finally {
    sqlite.close();
  }
}
