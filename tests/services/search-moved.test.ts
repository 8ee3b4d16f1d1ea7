import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SearchAnswer } from "#lib/chat/search.ts";
import { run, sarangbang } from "#tests/support/command.ts";
import { converse } from "#tests/support/conversation.ts";
import { type Account, ask, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { freshDatabase, query, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";

const PATIENCE = 180_000;
/** Whoever waits until everything can be found asks often. */
const OFTEN = { READ_RATE: "100000", READ_BURST: "100000" };

let postgres: Service;
let url: string;
let folder: string;
let server: TestServer;
let mina: Account;
let room: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-found-"));
  postgres = await startPostgres();
  url = await freshDatabase(postgres);
  const sqlite = await startServer({ ui: false });
  mina = await claim(sqlite, "미나", "mina@example.com");
  room = (await lobby(sqlite, mina)).id;
  const args = ["tests/support/fill-room.ts", join(sqlite.dataDir, "sarangbang.db"), room, mina.id, "600", "read"];
  await run(process.execPath, args, { PATH: process.env.PATH });
  await converse(sqlite, room, [mina], ["이사 전"]);
  await sqlite.terminate();
  await command("copy", "--from", `sqlite:${sqlite.dataDir}`, "--to", url);
  await sqlite.stop();
  server = await startServer({ ui: false, env: { DATABASE_URL: url, ...OFTEN } });
}, PATIENCE);

afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function command(...words: string[]): Promise<void> {
  const { code, err } = await sarangbang(folder, words, { env: { DATABASE_URL: url } });
  if (code !== 0) throw new Error(err);
}

/** What she finds with this on the first page, once everything there is can be found. */
async function found(q: string, at = server): Promise<string[]> {
  const { messages } = await until(
    "everything to be searchable",
    async () => {
      const { status, body } = await ask<SearchAnswer>(at, mina, "GET", `/api/search?q=${encodeURIComponent(q)}`);
      return status === 200 && !body.preparing ? body : undefined;
    },
    60_000,
  );
  return messages.map(({ text }) => text);
}

test(
  "미나 moves from SQLite to PostgreSQL and finds what was said there, and what she says next",
  async () => {
    expect(await found('"599번째 말"')).toEqual(["599번째 말"]);
    await converse(server, room, [mina], ["이사 뒤"]);
    expect(await found("이사")).toEqual(["이사 뒤", "이사 전"]);
  },
  PATIENCE,
);

test(
  "after a restore into PostgreSQL she finds what the backup has, and what took the number of something that is lost",
  async () => {
    const file = join(folder, "place.sarangbang");
    await command("backup", file);
    await converse(server, room, [mina], ["백업 뒤"]);
    expect(await found("백업")).toEqual(["백업 뒤"]);
    await server.terminate();
    await command("restore", file, "--yes");
    for (const table of ["search_rows", "search_marks", "search_grams"])
      expect(await query(url, `select * from ${table}`)).toEqual([]);
    await server.start();
    await converse(server, room, [mina], ["복원 뒤"]);
    expect(await found("복원")).toEqual(["복원 뒤"]);
    expect(await found("백업")).toEqual([]);
    expect(await found("이사")).toEqual(["이사 뒤", "이사 전"]);
  },
  PATIENCE,
);

test(
  "copied to SQLite, and from there over what PostgreSQL had, the place is found in both, with what comes next",
  async () => {
    await server.terminate();
    const back = `sqlite:${join(folder, "back")}`;
    await command("copy", "--from", url, "--to", back);
    await server.start();
    await converse(server, room, [mina], ["덮일 말"]);
    expect(await found("덮일")).toEqual(["덮일 말"]);
    await server.terminate();
    await command("copy", "--from", back, "--to", url, "--overwrite");
    const file = await startServer({ ui: false, env: { DATA_DIR: join(folder, "back"), ...OFTEN } });
    await server.start();
    for (const each of [file, server]) {
      await converse(each, room, [mina], ["새 말"]);
      expect(await found("새말", each)).toEqual(["새 말"]);
      expect(await found("덮일", each)).toEqual([]);
      expect(await found("복원", each)).toEqual(["복원 뒤"]);
      expect(await found('"599번째 말"', each)).toEqual(["599번째 말"]);
    }
    await file.stop();
  },
  PATIENCE,
);
