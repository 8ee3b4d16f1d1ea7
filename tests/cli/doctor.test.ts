import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokerRoundTrip } from "#server/broker-round-trip.ts";
import type { Finding } from "#server/store/doctor/finding.ts";
import { startBareBroker } from "#tests/relay/bare-service.ts";
import { sarangbang } from "#tests/support/command.ts";
import { converse } from "#tests/support/conversation.ts";
import { freePort } from "#tests/support/free-port.ts";
import { claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { changeFile } from "#tests/support/sqlite.ts";

let server: TestServer;
let folder: string;
let whole: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sarangbang-doctor-"));
  whole = join(folder, "whole.db");
  server = await startServer({ ui: false });
  const mina = await claim(server, "미나", "mina@example.com");
  const jun = await invite(server, mina, "준", "jun@example.com");
  await converse(server, (await lobby(server, mina)).id, [mina, jun]);
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function examine(dataDir: string, env: Record<string, string> = {}) {
  const { code, out } = await sarangbang(dataDir, ["doctor", "--json"], { env });
  const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] };
  return {
    code,
    ok,
    wrong: findings.filter((finding) => !finding.ok).map(({ says }) => says),
    checks: findings.map(({ check }) => check),
  };
}

test("beside a running server, everything is as it should be", async () => {
  expect(await examine(server.dataDir)).toEqual({
    code: 0,
    ok: true,
    wrong: [],
    checks: [
      ...["settings", "folder", "secret", "disk", "writes", "integrity", "schema", "indexes"],
      ...["heads", "counters", "unread", "orphans", "changes"],
    ],
  });
  const { code, out } = await sarangbang(server.dataDir, ["doctor"]);
  expect(code).toBe(0);
  expect(out.trimEnd().split("\n").at(-1)).toBe("Everything is as it should be.");
});

test("where nothing was started yet there is nothing wrong, and nothing is made", async () => {
  expect(await examine(join(folder, "nothing-yet"))).toMatchObject({ code: 0, wrong: [] });
});

test("settings that cannot be read are said in their own sentence, and no password", async () => {
  const { code, wrong } = await examine(server.dataDir, { PORT: "eighty", AUTH_SECRET: "hush" });
  expect({ code, wrong }).toEqual({ code: 1, wrong: ['PORT is "eighty"; it must be a whole number from 1 to 65535.'] });
});

describe("with something wrong", () => {
  beforeAll(async () => {
    await server.terminate();
    changeFile(join(server.dataDir, "sarangbang.db"), "pragma journal_mode = delete");
    copyFileSync(join(server.dataDir, "sarangbang.db"), whole);
  });

  const AGAIN = "restore a backup, or write an issue with this sentence.";

  test.each([
    ["update rooms set head = head + 1", `A room has a head that is not the number of the last change: ${AGAIN}`],
    [
      "update rooms set countable = countable + 1",
      `A room has counted the messages wrong, so unread counts are: ${AGAIN}`,
    ],
    [
      "update rooms set last_seq = last_seq + 1",
      `A room has counted the messages wrong, so unread counts are: ${AGAIN}`,
    ],
    [
      "update memberships set read_countable = 0 where read_seq > 0",
      "2 read marks do not fit their rooms; they mend themselves when those people read on.",
    ],
    [
      "update messages set author = 'nobody' where seq = 2",
      `1 rows belong to a room or a person that does not exist: ${AGAIN}`,
    ],
    ["delete from users where name = '준'", expect.stringMatching(/^\d+ rows belong to a room or a person/)],
    [
      "update counters set value = value - 1",
      `1 changes of access have numbers beyond their counter, so later ones may be overlooked: ${AGAIN}`,
    ],
    [
      "drop index messages_author_client_id",
      "Without messages_author_client_id the server is slow, and retries may be stored twice: make a backup and restore it.",
    ],
    [
      "insert into migrations (made, hash) values (99999999999999, 'x')",
      "The database was written by a newer Sarangbang; install that one.",
    ],
  ])("after %s the doctor says so, and ends with 1", async (statement, sentence) => {
    const dataDir = mkdtempSync(join(folder, "ill-"));
    copyFileSync(whole, join(dataDir, "sarangbang.db"));
    changeFile(join(dataDir, "sarangbang.db"), statement);
    const { code, ok, wrong } = await examine(dataDir);
    expect({ code, ok, wrong }).toEqual({ code: 1, ok: false, wrong: [sentence] });
  });

  test("a file that is no database, and rights that let others read, are each one sentence", async () => {
    const dataDir = join(folder, "open");
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o755);
    writeFileSync(join(dataDir, "secret"), "x", { mode: 0o644 });
    const file = join(dataDir, "sarangbang.db");
    writeFileSync(file, "not a database, but long enough to be read as one".repeat(100));
    expect((await examine(dataDir)).wrong).toEqual([
      `Other users of this machine may look into the data folder: chmod 700 ${dataDir}.`,
      `Other users may read the session secret: chmod 600 ${join(dataDir, "secret")}.`,
      `${file} is not a SQLite database that can be read; move it away or restore a backup.`,
    ]);
  });
});

test("a broker that is not there is told with its reason", async () => {
  const found = await brokerRoundTrip(new URL(`stomp://guest:hush@127.0.0.1:${await freePort()}`), 3_000);
  expect(found).toEqual({ reason: expect.stringMatching(/.+/) });
  expect(JSON.stringify(found)).not.toContain("hush");
}, 60_000);

test("a broker whose authority's file cannot be read is one sentence, beside that of a database that is away", async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const env = { DATABASE_URL: `postgres://${address}/chat`, BROKER_URL: "amqps://guest:hush@mq/?ca=/nowhere/ca.pem" };
  const { code, wrong } = await examine(folder, env);
  expect({ code, wrong }).toEqual({
    code: 1,
    wrong: [
      expect.stringMatching(/^PostgreSQL at .* cannot be reached/),
      expect.stringMatching(/^The file \/nowhere\/ca\.pem that BROKER_URL names as ca cannot be read: ENOENT/),
    ],
  });
});

test("a broker that carries hints is told with how long one took", async () => {
  const broker = await startBareBroker();
  expect(await brokerRoundTrip(new URL(broker.url))).toEqual({ took: expect.any(Number) });
  await broker.stop();
}, 60_000);
