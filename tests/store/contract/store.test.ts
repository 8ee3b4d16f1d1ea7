import { beforeAll, expect, test } from "vitest";
import type { Scope } from "#lib/chat/token.ts";
import type { Committed } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import { asConsole, founding, mina, minaSays } from "#tests/store/founding.ts";
import { until } from "#tests/support/until.ts";
import { openFounded } from "./open-store.ts";

let store: Store;
/** Another process on the same database. */
let other: Store;

beforeAll(async () => {
  const { store: one, open, close } = await openFounded();
  store = one;
  other = await open();
  return close;
});

test("the main thread hears of commits in their order, each before its command is answered", async () => {
  const { rev: before } = await store.write("post", minaSays("처음", "k0"));
  const heard: string[] = [];
  store.onCommitted(({ effects }) => {
    for (const effect of effects) if (effect.type === "posted") heard.push(`heard ${effect.rev}`);
  });
  const posts = ["하나", "둘", "셋"].map(async (text) => {
    const { rev } = await store.write("post", minaSays(text, text.normalize("NFD").length + text));
    heard.push(`answered ${rev}`);
  });
  await Promise.all(posts);
  const revs = [1, 2, 3].map((n) => before + n);
  expect(heard.filter((entry) => entry.startsWith("heard"))).toEqual(revs.map((rev) => `heard ${rev}`));
  for (const rev of revs) expect(heard.indexOf(`heard ${rev}`)).toBeLessThan(heard.indexOf(`answered ${rev}`));
});

test("a change made by another process is heard although nobody writes here, and heard once", async () => {
  const heard: Committed[] = [];
  store.onCommitted((committed) => heard.push(committed));
  await other.write("changeRoom", { ...asConsole, room: "by", changes: { topic: "새 주제" } });
  await until("the change to be heard", () => heard.length > 0);
  await store.write("post", minaSays("그 뒤", "k5"));
  expect(heard.flatMap(({ changes }) => changes)).toMatchObject([{ kind: "room", subject: "by" }]);
});

test("a retry is answered as the first time, and the same client id in another room is a mistake", async () => {
  const said = minaSays("한 번", "k6");
  const answers = await Promise.all([store.write("post", said), store.write("post", { ...said, id: "again" })]);
  expect(answers).toEqual([answers[0], answers[0]]);
  await store.write("createRoom", {
    ...asConsole,
    id: "other",
    room: { name: "다른 방", topic: "", kind: "open", posting: "everyone" },
  });
  await expect(store.write("post", { ...said, room: "other" })).rejects.toMatchObject({ code: "malformed" });
});

test("a bot posts by a token that never ends, and by none that was taken away", async () => {
  const scopes: Scope[] = ["read", "post"];
  await store.write("createToken", {
    ...asConsole,
    token: { id: "tk", user: "hst", name: "종", hash: "h", scopes, rooms: null, expiresAt: null },
  });
  const bot = { via: "token", user: "hst", token: "tk", scopes, rooms: null, expiresAt: null } as const;
  const room = { name: "종루", topic: "", kind: "open", posting: "everyone" } as const;
  await store.write("createRoom", { ...asConsole, id: "bell", room });
  const said = { ...minaSays("종이 울린다", "k8"), room: "bell", actor: bot };
  await expect(store.write("post", said)).resolves.toMatchObject({ rev: 1 });
  await store.write("revokeToken", { ...asConsole, token: "tk" });
  await expect(store.write("post", said)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("places beyond every message are pages like any other, however large the number", async () => {
  const asking = { actor: mina, now: founding.now, room: "far" };
  const room = { name: "먼 방", topic: "", kind: "open", posting: "everyone" } as const;
  await store.write("createRoom", { actor: mina, now: founding.now, id: "far", room });
  await store.write("post", { ...minaSays("하나뿐", "k7"), room: "far" });
  for (const far of [2 ** 31, Number.MAX_SAFE_INTEGER]) {
    expect((await store.read("page", { ...asking, before: far })).messages).toHaveLength(1);
    expect((await store.read("page", { ...asking, around: far })).messages).toHaveLength(1);
    expect((await store.read("page", { ...asking, after: far })).messages).toEqual([]);
    await store.write("markRead", { ...asking, seq: far });
    expect((await store.read("replay", { ...asking, from: far })).reset).toBe(true);
  }
});

test("lists are in the same order whatever was changed in between", async () => {
  const person = { role: "member", kind: "person", passwordHash: null, email: null } as const;
  for (const id of ["b", "B", "a", "_", "1"])
    await store.write("addPerson", { ...asConsole, person: { ...person, id, name: id } });
  await store.write("renamePlace", { ...asConsole, name: "새 이름" });
  const people = await store.read("people", asConsole);
  expect(people.map(({ id }) => id)).toEqual(["hst", "mna", "b", "B", "a", "_", "1"].sort());
  const members = await store.read("members", { ...asConsole, room: "by" });
  expect(members.map(({ user }) => user)).toEqual(["1", "B", "_", "a", "b", "mna"]);
});

test("what no text can hold is malformed or not there, and never a defect", async () => {
  const asking = { actor: mina, now: founding.now };
  const asked = await store.read("room", { ...asking, room: "\0" }).catch((error: unknown) => error);
  expect(["not-found", "malformed"]).toContain((asked as { code?: string }).code);
});

test("of many who ask at once each is answered for oneself, whatever the others ask", async () => {
  const asking = { actor: mina, now: founding.now };
  const asked = ["by", "nowhere", "\0", "by"].flatMap((room) => Array.from({ length: 20 }, () => room));
  const answers = await Promise.allSettled(asked.map((room) => store.read("room", { ...asking, room })));
  const told = answers.map((answer) => (answer.status === "fulfilled" ? answer.value.id : answer.reason.code));
  const ofText = new Set(told.slice(40, 60));
  expect([...told.slice(0, 40), ...told.slice(60)]).toEqual(
    asked.flatMap((room) => (room === "\0" ? [] : room === "by" ? "by" : "not-found")),
  );
  expect(ofText.size).toBe(1);
  expect(["not-found", "malformed"]).toContain([...ofText][0]);
});

test("the first secret that any server brought is everybody's", async () => {
  const [one, two] = await Promise.all([
    store.write("keepSecret", { secret: "ours" }),
    other.write("keepSecret", { secret: "theirs" }),
  ]);
  expect(one).toBe(two);
  expect(await store.write("keepSecret", { secret: "late" })).toBe(one);
});
