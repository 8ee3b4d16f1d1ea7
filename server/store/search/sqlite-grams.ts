import type Database from "better-sqlite3";
import type { Db } from "#server/store/connection.ts";
import type { Grams, Question } from "./grams.ts";

const made = new WeakMap<Db, Grams>();

/** FTS5 without content, and without places in it: grams are told apart by spaces alone. */
export function sqliteGrams(db: Db): Grams {
  let grams = made.get(db);
  if (!grams) {
    grams = open((db as Db & { $client: Database.Database }).$client);
    made.set(db, grams);
  }
  return grams;
}

function open(sqlite: Database.Database): Grams {
  // A number of this size is bound as a fraction, which FTS5 does not take for an id.
  const insert = sqlite.prepare("insert into search_grams (rowid, grams) values (cast(? as integer), ?)");
  const remove = sqlite.prepare("delete from search_grams where rowid = cast(? as integer)");
  const find = sqlite
    .prepare(
      `select rowid from search_grams where search_grams match ? and rowid >= cast(? as integer) and rowid < cast(? as integer)
      order by rowid desc limit ?`,
    )
    .pluck();
  return {
    async put(rows) {
      for (const { id, grams } of rows) insert.run(id, grams.join(" "));
    },
    async remove(id) {
      remove.run(id);
    },
    async find(question) {
      return find.all(matching(question), question.from, question.below, question.limit) as number[];
    },
    // A file has one writer.
    async hold() {},
  };
}

// Neither grams nor ids have a quotation mark.
function matching({ all, any }: Question): string {
  const quoted = (gram: string) => `"${gram}"`;
  return [...all.map(quoted), ...any.map((grams) => `(${grams.map(quoted).join(" OR ")})`)].join(" AND ");
}
