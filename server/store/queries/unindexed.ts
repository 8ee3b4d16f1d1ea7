import { eq, gt, sql } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { rooms, searchMarks } from "#server/store/tables.ts";

/** Rooms with messages that cannot be found yet, and how many numbers those span. Some hundred rooms at a time. */
export async function unindexed(db: Db): Promise<{ room: string; behind: number }[]> {
  return await statements(db).waiting.execute();
}

const done = sql<number>`coalesce(${searchMarks.seq}, 0)`;

const statements = prepared((db) => ({
  waiting: db
    .select({ room: rooms.id, behind: sql<number>`${rooms.lastSeq} - ${done}` })
    .from(rooms)
    .leftJoin(searchMarks, eq(searchMarks.room, rooms.id))
    .where(gt(rooms.lastSeq, done))
    .limit(500),
}));
