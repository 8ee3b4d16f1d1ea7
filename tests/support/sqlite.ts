import Database from "better-sqlite3";

/** Asks a SQLite file a question, without changing it. */
export function inFile<T = Record<string, unknown>>(file: string, question: string): T[] {
  const sqlite = new Database(file, { readonly: true });
  try {
    return sqlite.prepare(question).all() as T[];
  } finally {
    sqlite.close();
  }
}

/** Changes a SQLite file by hand. */
export function changeFile(file: string, statements: string): void {
  const sqlite = new Database(file);
  sqlite.exec(statements);
  sqlite.close();
}
