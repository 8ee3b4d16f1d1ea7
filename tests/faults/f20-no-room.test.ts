import { cpSync, readFileSync, statSync } from "node:fs";
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { run, sarangbang, sarangbangJson } from "#tests/support/command.ts";
import { freshDatabase, query, startPostgres } from "#tests/support/services/postgres.ts";
import { inFile } from "#tests/support/sqlite.ts";
import { mayMount, type SmallDisk, smallDisk } from "./small-disks.ts";

const PATIENCE = 180_000;
const COMMAND = join(import.meta.dirname, "../../bin/sarangbang");
const ONE_SENTENCE = /^[^\n]+\.\n$/;

let folder: string;
/** A place of twenty people, that is copied and backed up. */
let large: string;
let backup: string;
/** 미나's own, on the small disk. */
let small: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-no-room-"));
  [large, small, backup] = [join(folder, "large"), join(folder, "small"), join(folder, "b.sarangbang")];
  for (const place of [large, small]) await mkdir(place, { mode: 0o700 });
  await sarangbang(large, ["demo", "--password-stdin"], { input: "moonlit-room-1" });
  await sarangbang(small, ["user", "add", "--name", "미나", "--email", "mina@example.com", "--role", "admin"], {
    input: "moonlit-room-1",
  });
  for (const [place, digit] of [
    [large, "a"],
    [small, "b"],
  ] as const)
    await writeFile(join(place, "secret"), `${digit.repeat(64)}\n`, { mode: 0o600 });
  await sarangbangJson(large, ["backup", backup]);
}, PATIENCE);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function disk(limit: { kib: number } | { files: number }): Promise<SmallDisk> {
  const made = await smallDisk(limit);
  onTestFinished(made.remove);
  return made;
}

/** Runs a command whose writing fails somewhere in the middle. */
async function cramped({ before, folder: dataDir }: SmallDisk, words: string[]) {
  const { PATH, HOME } = process.env;
  const [program = "", ...args] = [...before, COMMAND, ...words];
  const { code, err } = await run(program, args, { PATH, HOME, DATA_DIR: dataDir });
  return { code, err: err.replace(/^(copying|checking) \w+: .*\n/gm, "") };
}

const peopleOf = (dataDir: string) => inFile(join(dataDir, "sarangbang.db"), "select * from users order by id");
const secretOf = (dataDir: string) => readFileSync(join(dataDir, "secret"), "utf8");
/** What is not the database's own. */
const filesOf = async (dataDir: string) =>
  (await readdir(dataDir)).filter((name) => !/^server\.lock|-(wal|shm)$/.test(name)).sort();

async function expectUntouched(dataDir: string): Promise<void> {
  expect(peopleOf(dataDir)).toEqual(peopleOf(small));
  expect(secretOf(dataDir)).toBe(secretOf(small));
  expect(await filesOf(dataDir)).toEqual(["sarangbang.db", "secret"]);
}

/** Disks that are too small at every step: for a page of it, for most of it, and for each further file. */
const LIMITS = [
  ...[320, 1_500, 3_500].map((kib) => ({ kib })),
  ...(mayMount ? [5, 6, 7, 8].map((files) => ({ files })) : []),
];

describe.each([
  ["restore", () => ["restore", backup, "--yes"]],
  ["copy", (to: string) => ["copy", "--from", `sqlite:${large}`, "--to", `sqlite:${to}`, "--overwrite"]],
] as const)("%s", (_name, words) => {
  test.each(LIMITS)(
    "F20 onto a disk with room for %o is one sentence, and 미나's place is as it was",
    async (limit) => {
      const made = await disk(limit);
      cpSync(small, made.folder, { recursive: true });
      const { code, err } = await cramped(made, words(made.folder));
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_SENTENCE) });
      await expectUntouched(made.folder);
    },
    PATIENCE,
  );

  test(
    "F20 onto one that has just enough room is whole, database and secret",
    async () => {
      const made = await disk({ kib: 10_000 });
      cpSync(small, made.folder, { recursive: true });
      expect(await cramped(made, words(made.folder))).toMatchObject({ code: 0 });
      expect(peopleOf(made.folder)).toEqual(peopleOf(large));
      expect(secretOf(made.folder)).toBe(secretOf(large));
    },
    PATIENCE,
  );
});

test.each(LIMITS.filter((limit) => "kib" in limit))(
  "F20 a backup onto a disk with room for %o is one sentence, and the one of yesterday is still there",
  async (limit) => {
    const made = await disk(limit);
    const file = join(made.folder, "b.sarangbang");
    await sarangbangJson(small, ["backup", file]);
    const yesterday = readFileSync(file);
    const { code, err } = await cramped({ ...made, folder: large }, ["backup", file, "--overwrite"]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_SENTENCE) });
    expect(readFileSync(file)).toEqual(yesterday);
    expect(await readdir(made.folder)).toEqual(["b.sarangbang"]);
  },
  PATIENCE,
);

/** Only root may mount the disk that PostgreSQL has no room on. */
if (mayMount)
  test(
    "F20 into a PostgreSQL whose disk is full is one sentence, and what was there is there",
    async () => {
      const postgres = await startPostgres();
      onTestFinished(() => postgres.stop());
      const made = await disk({ kib: 11_000 });
      const [uid, gid] = await ownerOf(postgres.url);
      const tables = join(made.folder, "tables");
      await mkdir(tables);
      for (const path of [made.folder, tables]) await chown(path, uid, gid);
      await query(postgres.url, `create tablespace small location '${tables}'`);
      const url = await freshDatabase(postgres);
      const name = new URL(url).pathname.slice(1);
      await query(postgres.url, `alter database "${name}" set tablespace small`);
      expect((await sarangbang(small, ["copy", "--from", `sqlite:${small}`, "--to", url])).code).toBe(0);
      const people = () => query(url, "select name from users order by id");
      const before = await people();
      for (const words of [
        ["copy", "--from", `sqlite:${large}`, "--to", url, "--overwrite"],
        ["restore", backup, "--yes"],
      ]) {
        const { code, err } = await sarangbang(folder, words, { env: { DATABASE_URL: url } });
        expect({ code, err: err.replace(/^(copying|checking) \w+: .*\n/gm, "") }).toEqual({
          code: 1,
          err: `There is no space left on the disk of PostgreSQL at ${new URL(url).host}; make room there.\n`,
        });
        expect(await people()).toEqual(before);
      }
    },
    PATIENCE,
  );

async function ownerOf(url: string): Promise<[number, number]> {
  const [row] = await query(url, "select current_setting('data_directory') as folder");
  const { uid, gid } = statSync(String(row?.folder));
  return [uid, gid];
}
