import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, sarangbang, sarangbangJson } from "#tests/support/command.ts";

/** Each command is a process of its own, on two cores that others use as well. */
const PATIENCE = 90_000;

interface Listed {
  id: string;
  name: string;
  email: string;
  role: string;
  suspended: boolean;
  kind: string;
  archived: boolean;
}

let folder: string;
let dataDir: string;
let mina: string;
let jun: string;

const json = <T = Record<string, unknown>>(words: string[], input?: string) => sarangbangJson<T>(dataDir, words, input);
const people = async () => (await json<Listed[]>(["user", "list"])).filter(({ kind }) => kind === "person");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-cli-"));
  dataDir = join(folder, "not", "there", "yet");
  const first = ["user", "add", "--email", "mina@example.com", "--name", "미나", "--role", "admin"];
  mina = (await json<{ id: string }>(first, "a long password\n")).id;
  jun = (await json<{ id: string }>(["user", "add", "--email", "jun@example.com", "--name", "준"], "준의 긴 비밀번호"))
    .id;
}, PATIENCE);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the data folder is made for its owner alone", async () => {
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
});

test(
  "on an empty folder the first admin opens the place: the first room is there, and 준 is in it",
  async () => {
    expect((await people()).map(({ name, role }) => `${name} ${role}`).sort()).toEqual(["미나 admin", "준 member"]);
    expect(await json(["room", "list"])).toEqual([expect.objectContaining({ name: "모두의 방", kind: "open" })]);
  },
  PATIENCE,
);

test(
  "a role and a suspension are set and taken back",
  async () => {
    await json(["user", "set-role", "--email", "jun@example.com", "--role", "admin"]);
    await json(["user", "suspend", "--email", "jun@example.com"]);
    expect(await people()).toContainEqual(expect.objectContaining({ id: jun, role: "admin", suspended: true }));
    expect(await json(["user", "suspend", "--email", "jun@example.com", "--undo"])).toEqual({
      id: jun,
      suspended: false,
    });
    expect(await json(["user", "set-role", "--email", "jun@example.com", "--role", "member"])).toEqual({
      id: jun,
      role: "member",
    });
  },
  PATIENCE,
);

test(
  "a password is set from standard input",
  async () => {
    expect(await json(["user", "set-password", "--email", "jun@example.com"], "the new password\nignored")).toEqual({
      id: jun,
    });
  },
  PATIENCE,
);

test(
  "a room is made, opened to 준, closed to him, and archived",
  async () => {
    const room = await json<Listed>(["room", "add", "--name", "운영", "--kind", "members", "--topic", "조용히"]);
    expect(room).toMatchObject({ id: expect.any(String), name: "운영", kind: "members" });
    const named = ["--room", room.id, "--email", "jun@example.com"];
    expect(await json(["room", "grant", ...named])).toEqual({ room: room.id, user: jun });
    expect(await json(["room", "revoke", ...named])).toEqual({ room: room.id, user: jun });
    expect(await json(["room", "archive", "--room", room.id])).toEqual({ id: room.id, archived: true });
    expect(await json(["room", "list"])).toContainEqual(
      expect.objectContaining({ id: room.id, archived: true, topic: "조용히" }),
    );
  },
  PATIENCE,
);

test(
  "an invite is a link that ends when it is revoked",
  async () => {
    const invite = await json<{ code: string; link: string }>(["invite", "add", "--hours", "2", "--uses", "3"]);
    expect(invite).toMatchObject({ maxUses: 3, uses: 0, link: `http://localhost:3000/join/${invite.code}` });
    const hours = (Date.parse((invite as unknown as { expiresAt: string }).expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(2, 0);
    await json(["invite", "revoke", "--code", invite.code]);
    const { err, code } = await sarangbang(dataDir, ["invite", "revoke", "--code", "nobodymadethis"]);
    expect({ err, code }).toEqual({ err: "There is no invite nobodymadethis; invite list shows them all.\n", code: 1 });
  },
  PATIENCE,
);

test(
  "a token is shown once, and listed without its secret until it is revoked",
  async () => {
    const made = await json<{ id: string; token: string }>([
      "token",
      "add",
      "--user",
      "mina@example.com",
      "--scopes",
      "read,post",
    ]);
    expect(made).toMatchObject({
      id: expect.any(String),
      token: expect.stringMatching(/^sb_\S{40,}$/),
      scopes: ["read", "post"],
    });
    const listed = await sarangbang(dataDir, ["token", "list", "--user", "mina@example.com", "--json"]);
    expect(JSON.parse(listed.out)).toEqual([expect.objectContaining({ id: made.id, user: mina })]);
    expect(listed.out).not.toContain(made.token.slice(3));
    await json(["token", "revoke", "--id", made.id]);
    expect(await json(["token", "list"])).toEqual([]);
  },
  PATIENCE,
);

describe.concurrent("what cannot be done is one sentence and exit code 1", () => {
  const refused: [string[], string, RegExp][] = [
    [
      ["user", "set-role", "--email", "nobody@example.com", "--role", "admin"],
      "",
      /^Nobody here has the address nobody@example\.com\.$/,
    ],
    [
      ["user", "add", "--email", "mina@example.com", "--name", "또 미나"],
      "a long password",
      /^mina@example\.com has an account already\.$/,
    ],
    [["user", "add", "--email", "mina", "--name", "미나"], "a long password", /^--email cannot be used: /],
    [
      ["user", "add", "--email", "x@example.com", "--name", "엑스"],
      "",
      /^The password is read from standard input, and there is none: /,
    ],
    [
      ["user", "add", "--email", "x@example.com", "--name", "엑스"],
      "short",
      /^The password must have 8 to 128 characters; this one has 5\.$/,
    ],
    [
      ["user", "set-role", "--email", "jun@example.com", "--role", "owner"],
      "",
      /^error: option '--role <role>' argument 'owner' is invalid/,
    ],
    [["user", "set-role"], "", /^error: required option '--email <address>' not specified/],
    [
      ["room", "grant", "--room", "nothing", "--email", "jun@example.com"],
      "",
      /^There is no room nothing; room list shows them all\.$/,
    ],
    [["room", "add", "--name", " "], "", /^--name cannot be used: /],
    [["token", "add", "--user", "jun@example.com", "--scopes", "read,fly"], "", /^--scopes cannot be used: /],
    [["token", "revoke", "--id", "nothing"], "", /^There is no token nothing; token list shows them all\.$/],
    [["invite", "add", "--hours", "-1"], "", /^"-1" is not a whole number above zero\.$/],
    [["demo"], "", /^The demo fills an empty database, and somebody lives in this one: /],
    [["user", "fly"], "", /^error: unknown command 'fly'/],
  ];

  test.each(refused)(
    "%j",
    async (words, input, sentence) => {
      const { code, out, err } = await sarangbang(dataDir, words, { input });
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err.split("\n")[0]).toMatch(sentence);
      expect(err).not.toMatch(/ at .*\.ts:\d/);
    },
    PATIENCE,
  );
});

describe.concurrent("settings that cannot be used", () => {
  test.each([
    [{ PORT: "many" }, /^PORT is "many"; it must be a whole number from 1 to 65535\.\n$/],
    [
      { DATA_DIR: "/dev/null/x" },
      /^The data folder \/dev\/null\/x cannot be used: a part of its path is a file\. Choose another with DATA_DIR\.\n$/,
    ],
    [
      { DATA_DIR: "/proc/x" },
      /^The data folder \/proc\/x cannot be used: it cannot be made there\. Choose another with DATA_DIR\.\n$/,
    ],
  ])(
    "%j end a command with one sentence",
    async (env, sentence) => {
      const { code, out, err }: Ended = await sarangbang(dataDir, ["user", "list"], { env });
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toMatch(sentence);
    },
    PATIENCE,
  );
});

test(
  "whoever furnishes a place that nobody has claimed is told each time where to do that, until somebody has",
  async () => {
    const unclaimed = join(folder, "unclaimed");
    const env = { ORIGIN: "https://chat.example.com" };
    const hint = /^Nobody can sign in yet: .* at https:\/\/chat\.example\.com\/setup or with user add --role admin\.$/m;
    const jun = ["--email", "jun@example.com"];
    const input = "a long password";
    for (const words of [
      ["user", "add", ...jun, "--name", "준"],
      ["user", "set-role", ...jun, "--role", "admin"],
      ["room", "add", "--name", "개발"],
      ["room", "list"],
    ]) {
      const { code, err } = await sarangbang(unclaimed, words, { input, env });
      expect({ code, err }, words.join(" ")).toEqual({ code: 0, err: expect.stringMatching(hint) });
    }
    const nobody = ["token", "add", "--user", "mina@example.com", "--scopes", "read"];
    expect((await sarangbang(unclaimed, nobody, { env })).err).toMatch(hint);
    const mina = ["user", "add", "--email", "mina@example.com", "--name", "미나", "--role", "admin"];
    expect(await sarangbang(unclaimed, mina, { input, env })).toMatchObject({ code: 0, err: "" });
  },
  PATIENCE,
);
