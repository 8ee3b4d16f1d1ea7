import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sarangbang, sarangbangJson } from "#tests/support/command.ts";

/** Each command is a process of its own, on two cores that others use as well. */
const PATIENCE = 90_000;

let dataDir: string;
let jun: string;

const json = <T>(words: string[], input?: string) => sarangbangJson<T>(dataDir, words, input);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "sarangbang-cli-"));
  const first = ["user", "add", "--email", "mina@example.com", "--name", "미나", "--role", "admin"];
  await json(first, "a long password\n");
  const second = ["user", "add", "--email", "jun@example.com", "--name", "준"];
  jun = (await json<{ id: string }>(second, "준의 긴 비밀번호")).id;
}, PATIENCE);

afterAll(() => rm(dataDir, { recursive: true, force: true }));

test(
  "준 is made an admin of a room, and the console says in one line that it has none when he is taken out or suspended",
  async () => {
    const { id } = await json<{ id: string }>(["room", "add", "--name", "함께", "--kind", "members"]);
    const him = ["--email", "jun@example.com"];
    const named = ["--room", id, ...him];
    const none = `The room 함께 has no active admin now: make somebody one with room grant --room ${id} --email ADDRESS --role admin.\n`;
    const run = async (words: string[]) => {
      const { code, err, out } = await sarangbang(dataDir, words);
      return { code, err, out };
    };
    expect(await json(["room", "grant", ...named, "--role", "admin"])).toEqual({ room: id, user: jun, role: "admin" });
    expect(await run(["room", "grant", ...named])).toEqual({ code: 0, err: "", out: "준 may enter 함께 now.\n" });
    expect(await run(["user", "suspend", ...him])).toEqual({ code: 0, err: none, out: "준 is suspended.\n" });
    expect((await run(["user", "suspend", ...him, "--undo"])).err).toBe("");
    expect((await run(["room", "grant", ...named, "--role", "member"])).err).toBe(none);
    expect((await run(["room", "grant", ...named, "--role", "admin"])).err).toBe("");
    expect(await run(["room", "revoke", ...named])).toEqual({ code: 0, err: none, out: "준 is out of 함께 now.\n" });
  },
  PATIENCE,
);

test(
  "the console may take the place's only admin away, and says that there is none now",
  async () => {
    const none =
      "The place has no active admin now: make somebody one with user set-role --email ADDRESS --role admin.\n";
    const her = ["--email", "mina@example.com"];
    for (const [words, undo] of [
      [
        ["set-role", ...her, "--role", "member"],
        ["set-role", ...her, "--role", "admin"],
      ],
      [
        ["suspend", ...her],
        ["suspend", ...her, "--undo"],
      ],
    ] as const) {
      expect(await sarangbang(dataDir, ["user", ...words])).toMatchObject({ code: 0, err: none });
      expect(await sarangbang(dataDir, ["user", ...undo])).toMatchObject({ code: 0, err: "" });
    }
  },
  PATIENCE,
);

test(
  "the list of people says who is the place itself",
  async () => {
    const { out } = await sarangbang(dataDir, ["user", "list"]);
    expect(out.split("\n").filter((line) => line.endsWith("the place itself"))).toEqual([
      expect.stringContaining("Sarangbang"),
    ]);
    const hosts = (await json<{ name: string; host: boolean }[]>(["user", "list"])).filter(({ host }) => host);
    expect(hosts).toMatchObject([{ name: "Sarangbang" }]);
  },
  PATIENCE,
);
