import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import type { Finding } from "#server/store/doctor/finding.ts";
import { sarangbang } from "#tests/support/command.ts";
import { type Account, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { query, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { connectWire } from "#tests/support/wire.ts";

const PATIENCE = 120_000;

let postgres: Service;
let server: TestServer;
let mina: Account;
let room: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-read-only-"));
  postgres = await startPostgres();
  server = await startServer({ ui: false, env: { DATABASE_URL: postgres.url } });
  mina = await claim(server, "미나", "mina@example.com");
  room = (await lobby(server, mina)).id;
}, PATIENCE);
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function readOnly(value: "on" | "off"): Promise<void> {
  await query(postgres.url, `alter system set default_transaction_read_only = ${value}`);
  await query(postgres.url, "select pg_reload_conf()");
}

async function health() {
  const answer = await fetch(`${server.origin}/up`);
  const { status, database } = (await answer.json()) as { status: string; database: string };
  return { code: answer.status, status, database };
}

async function wrong(): Promise<string[]> {
  const { out } = await sarangbang(folder, ["doctor", "--json"], { env: { DATABASE_URL: postgres.url } });
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return findings.filter(({ ok }) => !ok).map(({ says }) => says);
}

const logged = (words: string) => server.output().split(words).length - 1;
const NO_WRITES = "The database takes no writes";
const AGAIN = "The database takes writes again";
const READ_ONLY =
  "PostgreSQL takes no writes, because default_transaction_read_only is on: turn it off, and make room on its disk first where that is why.";

const STANDBY =
  "PostgreSQL takes no writes, because it is a standby: name the primary in DATABASE_URL, or promote this one.";

test(
  "PostgreSQL takes no writes: nobody has written yet and /up says so, 미나 is told busy, the doctor says what to do, and afterwards everything goes on",
  async () => {
    await readOnly("on");
    const ill = { code: 503, status: "unhealthy", database: "read-only" };
    await expect.poll(health).toEqual(ill);
    const wire = await connectWire(server.endpoint, { headers: { cookie: mina.cookie, origin: server.origin } });
    wire.send("SUBSCRIBE", { id: "0", destination: "/user/queue/refusals" });
    const post = (id: string) => {
      const headers = { destination: roomVerb(room, "post"), receipt: id, "client-id": id };
      wire.send("SEND", headers, JSON.stringify({ text: id }));
    };
    post("while-it-reads");
    await wire.frame("MESSAGE", { code: "busy", "receipt-id": "while-it-reads" });
    expect(await health()).toEqual(ill);
    expect(await wrong()).toEqual([READ_ONLY]);
    expect([logged(NO_WRITES), logged(AGAIN)]).toEqual([1, 0]);

    await readOnly("off");
    await expect.poll(health, { timeout: 20_000 }).toEqual({ code: 200, status: "healthy", database: "ok" });
    post("afterwards");
    await wire.frame("RECEIPT", { "receipt-id": "afterwards" });
    wire.close();
    expect(await wrong()).toEqual([]);
    expect([logged(NO_WRITES), logged(AGAIN)]).toEqual([1, 1]);
  },
  PATIENCE,
);

test(
  "PostgreSQL comes back as a standby: /up and the doctor say so, and when it is promoted 미나 writes again",
  async () => {
    const [data] = await query(postgres.url, "select current_setting('data_directory') as folder");
    await writeFile(join(String(data?.folder), "standby.signal"), "");
    await postgres.kill();
    await postgres.start();
    await expect.poll(health, { timeout: 20_000 }).toEqual({ code: 503, status: "unhealthy", database: "read-only" });
    expect(await wrong()).toEqual([STANDBY]);
    await query(postgres.url, "select pg_promote()");
    await expect.poll(health, { timeout: 20_000 }).toEqual({ code: 200, status: "healthy", database: "ok" });
    expect(await wrong()).toEqual([]);
  },
  PATIENCE,
);
