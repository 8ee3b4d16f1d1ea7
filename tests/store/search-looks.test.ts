import { join } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { expect, test } from "vitest";
import { parseSearch } from "#lib/text/search-query.ts";
import { queries } from "#server/store/queries.ts";
import { openStore } from "#server/store/store.ts";
import { asConsole, founding, mina, minasSession } from "./founding.ts";
import { tempFolder } from "./temp-folder.ts";

/** 미나's place, with 600 messages that have the same pairs of letters as what is looked for, in another order. */
async function misleading(): Promise<string> {
  const file = join(tempFolder(), "chat.db");
  const store = await openStore({ file });
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  const messages = Array.from({ length: 600 }, (_, n) => ({
    ...{ id: `i${n}`, author: "mna", text: "나다라x가나", createdAt: n },
  }));
  await store.write("importMessages", { ...asConsole, room: "by", messages });
  while ((await store.write("indexMessages", { rooms: ["by"] })).more);
  await store.close();
  return file;
}

test.each([1, 20, 50])(
  "who asks for %i messages has the database looked into a few times, and not once for each message",
  async (limit) => {
    let statements = 0;
    const sqlite = new Database(await misleading(), { readonly: true, verbose: () => (statements += 1) });
    const query = parseSearch("가나다라");
    const answer = await queries.search(drizzle(sqlite), { actor: mina, now: founding.now, query, limit });
    sqlite.close();
    expect(answer).toMatchObject({ messages: [], next: expect.any(String) });
    expect(statements).toBeLessThan(40);
  },
);
