import { sql } from "drizzle-orm";
import type { Actor } from "#lib/chat/actor.ts";
import { randomId } from "#lib/chat/ids.ts";
import type { Change, ChangeKind, Effect } from "./committed.ts";
import type { Db } from "./connection.ts";
import { prepared } from "./prepared.ts";
import { audit, changes, counters } from "./tables.ts";

/** What a command works in: a savepoint of the batch's transaction. What it tells is told only when it commits. */
export class Transaction {
  readonly db: Db;
  readonly changes: Change[] = [];
  readonly effects: Effect[] = [];

  constructor(db: Db) {
    this.db = db;
  }

  /** Writes a row of `changes`: live connections learn of it before the command is answered. */
  async changed(kind: ChangeKind, ...subject: string[]): Promise<void> {
    const { count, insert } = statements(this.db);
    const [counted] = await count.execute();
    const change = { n: counted?.value ?? 1, kind, subject: subject.join(" ") };
    await insert.execute(change);
    this.changes.push(change);
  }

  told(effect: Effect): void {
    this.effects.push(effect);
  }

  /** Who did what, for the operator to look up; never secrets, never texts of messages. */
  async audited(
    by: Actor | { user: string },
    now: number,
    action: string,
    subject: string,
    detail = "",
  ): Promise<void> {
    const actor = "user" in by ? by.user : "console";
    await statements(this.db).audit.execute({ id: randomId(), at: now, actor, action, subject, detail });
  }
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  count: db
    .insert(counters)
    .values({ name: "changes", value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value }),
  insert: db.insert(changes).values({ n: given("n"), kind: given("kind"), subject: given("subject") }),
  audit: db.insert(audit).values({
    id: given("id"),
    at: given("at"),
    actor: given("actor"),
    action: given("action"),
    subject: given("subject"),
    detail: given("detail"),
  }),
}));
