import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Manifest } from "#server/store/archive/manifest.ts";
import { sarangbang, sarangbangJson } from "#tests/support/command.ts";
import { converse } from "#tests/support/conversation.ts";
import { claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { changeFile, inFile } from "#tests/support/sqlite.ts";

type Listed = Manifest["tables"][number];

let server: TestServer;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-forged-"));
  server = await startServer({ ui: false });
  const mina = await claim(server, "미나", "mina@example.com");
  await converse(server, (await lobby(server, mina)).id, [mina], ["백업 전"]);
  file = join(folder, "b.sarangbang");
  await sarangbangJson(server.dataDir, ["backup", file]);
  await server.terminate();
  changeFile(join(server.dataDir, "sarangbang.db"), "pragma journal_mode = delete");
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A copy of the backup that lists these tables, and whose messages are none of those that were backed up. */
function forged(list: (all: Listed[]) => Listed[]): string {
  const path = join(folder, "forged.sarangbang");
  copyFileSync(file, path);
  const [row] = inFile<{ manifest: string }>(path, "select manifest from archive");
  const said = JSON.parse(row?.manifest ?? "") as Manifest;
  const manifest = JSON.stringify({ ...said, tables: list(said.tables) });
  changeFile(path, `update archive set manifest = '${manifest.replaceAll("'", "''")}'; delete from messages`);
  return path;
}

const only = (name: string, change: (listed: Listed) => Listed) => (all: Listed[]) =>
  all.map((each) => (each.table === name ? change(each) : each));
const isMessages = ({ table }: Listed) => table === "messages";

test.each<[string, (all: Listed[]) => Listed[], string]>([
  ["no table at all", () => [], "it does not list audit"],
  ["no messages", (all) => all.filter((each) => !isMessages(each)), "it does not list messages"],
  [
    "rooms twice",
    (all) => [...all, ...all.filter(({ table }) => table === "rooms")],
    'it lists "rooms", which is no table of its version, or was listed before',
  ],
  [
    "a table of another program",
    (all) => all.map((each) => (isMessages(each) ? { ...each, table: "wages" } : each)),
    'it lists "wages", which is no table of its version, or was listed before',
  ],
  [
    "a column too few",
    only("messages", (each) => ({ ...each, columns: each.columns.filter(({ name }) => name !== "text") })),
    "it lists other columns of messages than that table has",
  ],
  [
    "a column twice",
    only("messages", (each) => ({ ...each, columns: [...each.columns, ...each.columns.slice(0, 1)] })),
    "it lists other columns of messages than that table has",
  ],
  [
    "a column of another program",
    only("messages", (each) => ({ ...each, columns: [...each.columns, { name: "wage", kind: "integer" }] })),
    "it lists other columns of messages than that table has",
  ],
  [
    "flags as numbers",
    only("rooms", (each) => ({ ...each, columns: each.columns.map(({ name }) => ({ name, kind: "integer" })) })),
    "it lists other columns of rooms than that table has",
  ],
  [
    "another key",
    only("users", (each) => ({ ...each, key: ["name"] })),
    "it lists other columns of users than that table has",
  ],
])("a backup that lists %s is refused in one sentence, and 미나's place is as it was", async (_, list, fault) => {
  const path = forged(list);
  const before = [readdirSync(server.dataDir), readFileSync(join(server.dataDir, "sarangbang.db"))];
  const { code, out, err } = await sarangbang(server.dataDir, ["restore", path, "--yes"]);
  expect({ code, out, err }).toEqual({ code: 1, out: "", err: `The backup ${path} is damaged: ${fault}.\n` });
  expect([readdirSync(server.dataDir), readFileSync(join(server.dataDir, "sarangbang.db"))]).toEqual(before);
});
