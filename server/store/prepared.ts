import type { Db } from "./connection.ts";

type Given = Record<string, unknown>;

/** A statement as drizzle prepares it for SQLite. */
interface DrizzleStatement {
  execute(given?: Given): { sync(): unknown };
}

/** A statement as commands and queries use it: what it answers is to be awaited, as other dialects answer later. */
interface Statement<Answer> {
  execute(given?: Given): Answer | Promise<Answer>;
}

type Ready<Statements extends Record<string, DrizzleStatement>> = {
  readonly [Name in keyof Statements]: Statement<ReturnType<ReturnType<Statements[Name]["execute"]>["sync"]>>;
};

/**
 * Statements made once for each connection: builders built per call reached 3,100 posts a second where prepared ones reached 26,000
 * (architecture.md, decision 3). SQLite answers at once, so nothing of drizzle's promises is in between: they cost as much as a small statement.
 */
export function prepared<Statements extends Record<string, DrizzleStatement>>(
  build: (db: Db) => Statements,
): (db: Db) => Ready<Statements> {
  const made = new WeakMap<Db, Ready<Statements>>();
  return (db) => {
    let statements = made.get(db);
    if (!statements) {
      const built = Object.entries(build(db)).map(([name, statement]) => [name, answering(statement)]);
      statements = Object.fromEntries(built) as Ready<Statements>;
      made.set(db, statements);
    }
    return statements;
  };
}

const answering = (statement: DrizzleStatement) => ({ execute: (given?: Given) => statement.execute(given).sync() });
