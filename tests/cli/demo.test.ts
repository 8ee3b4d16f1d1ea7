import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChat } from "#server/chat/open-chat.ts";
import { compose } from "#server/cli/demo/compose.ts";
import { DEMO_PEOPLE } from "#server/cli/demo/people.ts";
import { createRandom } from "#server/cli/demo/random.ts";
import { DEMO_ROOMS } from "#server/cli/demo/rooms.ts";
import { readTalk } from "#server/cli/demo/script.ts";
import { openStore } from "#server/store/store.ts";
import { sarangbangJson } from "#tests/support/command.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-20T15:30:00+09:00");

describe("what the demo people say", () => {
  const scene = {
    talk: readTalk("dev.ko").concat(readTalk("dev.en")),
    people: DEMO_PEOPLE,
    messages: 3_000,
    days: 100,
    now: NOW,
  };
  const spoken = compose(createRandom(1), scene);

  test("is the same each time", () => {
    expect(compose(createRandom(1), scene)).toEqual(spoken);
    expect(compose(createRandom(2), scene)).not.toEqual(spoken);
  });

  test("has no empty slot, no empty line, and both languages", () => {
    for (const { text } of spoken) expect(text).not.toMatch(/\{[a-z.]+\}|undefined|^\s*$/);
    const korean = spoken.filter(({ text }) => /\p{Script=Hangul}/u.test(text)).length;
    expect(korean / spoken.length).toBeGreaterThan(0.3);
    expect(korean / spoken.length).toBeLessThan(0.9);
  });

  test("is in order, mostly at the hours people work, and ends a moment ago", () => {
    const times = spoken.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    const inSeoul = times.map((time) => new Date(time + 9 * HOUR));
    expect(inSeoul.filter((time) => [0, 6].includes(time.getUTCDay()))).toEqual([]);
    const atWork = inSeoul.filter((time) => time.getUTCHours() >= 9 && time.getUTCHours() <= 19).length;
    expect(atWork / times.length).toBeGreaterThan(0.9);
    expect(NOW - (times.at(-1) as number)).toBeLessThan(HOUR);
    expect(times.filter((time) => time > NOW)).toEqual([]);
  });

  test("is said by everybody, and nobody answers himself in a conversation of his own", () => {
    expect(new Set(spoken.map(({ author }) => author.name)).size).toBe(20);
  });
});

describe("sarangbang demo", () => {
  let dataDir: string;
  let told: {
    people: number;
    rooms: number;
    messages: number;
    accounts: { email: string; password: string; role: string }[];
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "sarangbang-demo-"));
    told = await sarangbangJson(dataDir, ["demo"]);
  }, 180_000);

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  test("fills 8 rooms with what 20 people said, 20,000 messages in one of them", () => {
    expect(told).toMatchObject({ people: 20, rooms: 8, accounts: [{ role: "admin" }, { role: "member" }] });
    expect(told.messages).toBe(DEMO_ROOMS.reduce((sum, { messages }) => sum + messages, 0));
  });

  test("tells a password with which both get in, and find unread messages of today", async () => {
    const store = await openStore({ file: join(dataDir, "sarangbang.db") });
    const { chat, close } = await openChat({ store });
    for (const { email, password } of told.accounts) {
      const { session } = await chat.sessions.open({ email, password, address: "127.0.0.1", userAgent: "test" });
      const actor = await chat.sessions.actor(session);
      const rooms = actor ? await chat.rooms.list(actor) : [];
      const large = rooms.find(({ countable }) => countable === 20_000);
      expect(large).toMatchObject({ name: "개발 Dev", joined: true, countable: 20_000 });
      expect((large?.countable ?? 0) - (large?.readCountable ?? 0)).toBe(6);
      const page = actor && (await chat.messages.page(actor, large?.id as string, {}));
      expect(Date.now() - Date.parse(page?.messages.at(-1)?.createdAt as string)).toBeLessThan(2 * HOUR);
    }
    close();
    await store.close();
  }, 60_000);
});
