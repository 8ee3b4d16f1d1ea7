import type { Db } from "./connection.ts";

type Given = Record<string, unknown>;

/** A query as drizzle builds it for SQLite. */
interface Builder {
  prepare(): { execute(given?: Given): { sync(): unknown } };
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
 * (architecture.md, decision 3). SQLite answers at once, so nothing of drizzle's promises is in between: they cost as much as a small statement.
 */
export function prepared<Builders extends Record<string, Builder>>(
  build: (db: Db) => Builders,
): (db: Db) => Ready<Builders> {
  const made = new WeakMap<Db, Ready<Builders>>();
  return (db) => {
    let statements = made.get(db);
    if (!statements) {
      const built = Object.entries(build(db)).map(([name, builder]) => [name, answering(builder)]);
      statements = Object.fromEntries(built) as Ready<Builders>;
      made.set(db, statements);
    }
    return statements;
  };
}

function answering(builder: Builder) {
  const statement = builder.prepare();
  return { execute: (given?: Given) => statement.execute(given).sync() };
}
