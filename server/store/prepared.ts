import { createHash } from "node:crypto";
import type { Db } from "./connection.ts";
import { dialect } from "./dialect.ts";

type Given = Record<string, unknown>;

/** A query as drizzle builds it for SQLite. */
interface Builder {
  prepare(): { execute(given?: Given): { sync(): unknown } };
}

/** A query as drizzle builds it for PostgreSQL. */
interface PostgresBuilder {
  toSQL(): { sql: string };
  prepare(name: string): { execute(given?: Given): Promise<unknown> };
}

/** A statement as commands and queries use it: what it answers is to be awaited, as PostgreSQL answers later. */
interface Statement<Answer> {
  execute(given?: Given): Answer | Promise<Answer>;
}

type Ready<Builders extends Record<string, Builder>> = {
  readonly [Name in keyof Builders]: Statement<
    ReturnType<ReturnType<ReturnType<Builders[Name]["prepare"]>["execute"]>["sync"]>
  >;
};

/**
 * Statements made once for each connection: builders built per call reached 3,100 posts a second where prepared ones reached 26,000
 * (architecture.md, decision 3). On PostgreSQL several may be begun before the first is awaited: they travel together.
 */
export function prepared<Builders extends Record<string, Builder>>(
  build: (db: Db) => Builders,
): (db: Db) => Ready<Builders> {
  const made = new WeakMap<Db, Ready<Builders>>();
  return (db) => {
    let statements = made.get(db);
    if (!statements) {
      const built = Object.entries(build(db)).map(([name, builder]) => [name, ready(builder)]);
      statements = Object.fromEntries(built) as Ready<Builders>;
      made.set(db, statements);
    }
    return statements;
  };
}

function ready(builder: Builder): Statement<unknown> {
  return dialect === "postgres" ? named(builder as unknown as PostgresBuilder) : atOnce(builder);
}

/** SQLite answers at once, so nothing of drizzle's promises is in between: they cost as much as a small statement. */
function atOnce(builder: Builder): Statement<unknown> {
  const statement = builder.prepare();
  return { execute: (given) => statement.execute(given).sync() };
}

/** The server keeps the plan under a name, and the same text has the same name on every connection. */
function named(builder: PostgresBuilder): Statement<unknown> {
  const statement = builder.prepare(createHash("sha1").update(builder.toSQL().sql).digest("hex"));
  return {
    execute(given) {
      const answer = statement.execute(given);
      // Whoever began several and saw one fail never awaits the others.
      answer.catch(() => {});
      return answer;
    },
  };
}
