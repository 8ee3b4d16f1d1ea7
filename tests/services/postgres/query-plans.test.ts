import { expect, test } from "vitest";
import { openStore } from "#server/store/store.ts";
import { founding, mina, minaSays, minasSession } from "#tests/store/founding.ts";
import { query } from "#tests/support/services/postgres.ts";
import { emptyDatabase } from "./open-store.ts";

// Enough of everything that reading a whole table would be the wrong way.
const FILL = `
  insert into rooms (id, name, kind, posting, created_at) select 'r' || n, 'r', 'open', 'everyone', n from generate_series(1, 3000) n;
  insert into users (id, name, role, preferences, created_at) select 'u' || n, 'u', 'member', '{}', n from generate_series(1, 3000) n;
  insert into memberships (room, "user", role, joined_at) select 'r' || n, 'u' || (n % 500), 'member', n from generate_series(1, 3000) n;
  insert into sessions select 's' || n, 'u' || n, 1, 1, '' from generate_series(1, 3000) n;
  insert into tokens (id, "user", name, hash, scopes, created_at) select 't' || n, 'u', 't', 'h' || n, '[]', 1 from generate_series(1, 3000) n;
  insert into changes select n + 1000, 'room', 'r1' from generate_series(1, 20000) n;
  insert into messages (room, seq, rev, countable, id, author, client_id, text, created_at)
    select 'r' || (n % 50), n, n, n, 'm' || n, 'u' || (n % 500), 'c' || n, 'text', n from generate_series(1, 40000) n;
  update counters set value = 21000;
  update rooms set head = 40000, last_seq = 40000, countable = 40000;
  analyze`;

test("posting, editing, deleting, marking as read, pages, replays, heads, sessions and changes look everything up by an index", async () => {
  const url = await emptyDatabase();
  const founded = await openStore({ url });
  await founded.write("claim", founding);
  await founded.write("openSession", minasSession);
  await founded.close();
  for (const statement of FILL.split(";\n")) await query(url, statement);
  const before = await scans(url);
  const store = await openStore({ url, pollEvery: 3_600_000 });
  const asking = { actor: mina, now: founding.now, room: "r1" };
  // Again and again: from the sixth time on the server may keep a plan that fits no value in particular.
  for (let n = 0; n < 12; n++) {
    const { id: messageId, seq } = await store.write("post", { ...minaSays("글", `k${n}`), room: "r1" });
    await store.write("editMessage", { ...asking, messageId, seq, text: "고친 글" });
    await store.write("deleteMessage", { ...asking, messageId });
    await store.write("markRead", { ...asking, seq: 40_000 + n });
    await store.read("posted", { ...asking, clientId: `k${n}` });
    await store.read("page", { ...asking, around: 100 });
    await store.read("replay", { ...asking, from: 40_000 });
    await store.read("missed", { room: "r1", rev: 40_000 });
    await store.read("heads", { rooms: ["by", "r1"] });
    await store.read("joinedRooms", { user: "mna" });
    await store.read("actorOf", { session: "ss", now: 1 });
    await store.read("actorOf", { tokenHash: "h1", now: 1 });
    await store.read("changesAfter", 20_990);
  }
  // A connection tells what it did when it ends.
  await store.close();
  expect(await scans(url)).toEqual(before);
});

/** How often each table was read from one end to the other. */
async function scans(url: string): Promise<Record<string, unknown>[]> {
  const filled = "('rooms', 'users', 'memberships', 'sessions', 'tokens', 'changes', 'messages')";
  return await query(
    url,
    `select relname, seq_scan from pg_stat_user_tables where relname in ${filled} order by relname`,
  );
}
