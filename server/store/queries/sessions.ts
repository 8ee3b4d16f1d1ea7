import { eq, sql } from "drizzle-orm";
import type { PersonActor } from "#lib/chat/actor.ts";
import { isRefusal, type Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import { type Asking, act, look } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { sessions, tokens } from "#server/store/tables.ts";

/** Whom a session or a token (by its SHA-256) speaks for; undefined when it ended or its person may not act. */
export async function actorOf(
  db: Db,
  { now, ...by }: { now: number } & ({ session: string } | { tokenHash: string }),
): Promise<PersonActor | undefined> {
  const actor = "session" in by ? await sessionActor(db, by.session) : await tokenActor(db, by.tokenHash);
  if (!actor) return undefined;
  const ended = await endOf(db, { actor, now });
  return ended ? undefined : actor;
}

/** What remains of a live connection: whether its session or token stands, and which of these rooms it may no longer read. */
export async function remaining(
  db: Db,
  { actor, now, rooms }: Asking & { rooms: string[] },
): Promise<{ ended?: RefusalCode; lost: string[] }> {
  const ended = await endOf(db, { actor, now });
  if (ended) return { ended, lost: [] };
  const lost: string[] = [];
  for (const room of rooms) {
    const entry = await look(db, { actor, now, room });
    if (!entry?.access.read) lost.push(room);
  }
  return { lost };
}

async function endOf(db: Db, asking: Asking): Promise<RefusalCode | undefined> {
  const ended = await act(db, asking).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (ended !== undefined && !isRefusal(ended)) throw ended;
  return (ended as Refusal | undefined)?.code;
}

async function sessionActor(db: Db, id: string): Promise<PersonActor | undefined> {
  const [row] = await statements(db).session.execute({ id });
  return row && { via: "session", user: row.user, session: row.id, expiresAt: row.expiresAt };
}

async function tokenActor(db: Db, hash: string): Promise<PersonActor | undefined> {
  const [row] = await statements(db).token.execute({ hash });
  if (!row) return undefined;
  const { user, id, scopes, rooms, expiresAt } = row;
  return { via: "token", user, token: id, scopes, rooms, expiresAt };
}

const statements = prepared((db) => ({
  session: db
    .select()
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder("id"))),
  token: db
    .select()
    .from(tokens)
    .where(eq(tokens.hash, sql.placeholder("hash"))),
}));
