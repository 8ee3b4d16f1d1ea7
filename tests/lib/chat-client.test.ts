import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { MessagePage } from "#lib/chat/message.ts";
import type { ChatClient, RoomStore } from "#lib/client/chat-client.ts";
import { type Account, ask, claim, createRoom, invite, lobby, signIn } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import { browserless } from "./browserless.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
const open: ChatClient[] = [];

beforeAll(async () => {
  server = await startServer({ ui: false, env: { SEND_RATE: "1000", SEND_BURST: "1000" } });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
}, 60_000);

afterEach(() => Promise.all(open.splice(0).map((client) => client.wipe())));
afterAll(() => server?.stop());

function start(account: Account): ChatClient {
  const client = browserless(server, account);
  client.start();
  open.push(client);
  return client;
}

function enter(client: ChatClient, room: string): RoomStore {
  return client.enter(room).store;
}

const posted = (store: RoomStore) =>
  store
    .get()
    .entries.filter(({ state }) => state === "posted")
    .map(({ message }) => message.text);
const isSettled = (store: RoomStore) =>
  store.get().live && store.get().entries.every(({ state }) => state === "posted");

describe("two people on a real server", () => {
  test("hear each other, each message once and in the same order", async () => {
    const room = await lobby(server, mina);
    const [hers, his] = [start(mina), start(jun)].map((client) => enter(client, room.id)) as [RoomStore, RoomStore];
    await until("both to be there", () => hers.get().live && his.get().live);
    hers.post("안녕하세요");
    await until("미나's message at 준's", () => posted(his).includes("안녕하세요"));
    his.post("Hello!");
    await until("준's message at 미나's", () => posted(hers).includes("Hello!"));
    expect(posted(hers)).toEqual(posted(his));
    expect(hers.get().online.has(jun.id)).toBe(true);
  });

  test("see each other type, until the message is there", async () => {
    const room = await lobby(server, mina);
    const [hers, his] = [start(mina), start(jun)].map((client) => enter(client, room.id)) as [RoomStore, RoomStore];
    await until("both to be there", () => hers.get().live && his.get().live);
    his.typing(true);
    await until("준 to be typing", () => hers.get().typing.includes(jun.id));
    his.post("다 썼다");
    await until("the message", () => posted(hers).includes("다 썼다"));
    expect(hers.get().typing).toEqual([]);
  });

  test("an unread message is counted, and counts no longer once it was read", async () => {
    const room = await createRoom(server, mina, { name: "세기" });
    await ask(server, jun, "POST", `/api/rooms/${room.id}/join`);
    const [hers, his] = [start(mina), start(jun)] as [ChatClient, ChatClient];
    const store = enter(hers, room.id);
    const unread = () => {
      const known = his.inbox.get().rooms.get(room.id);
      return known && known.countable - known.readCountable;
    };
    await until("준's inbox", () => unread() === 0);
    store.post("하나");
    store.post("둘");
    await until("two unread", () => unread() === 2);
    const his2 = enter(his, room.id);
    await until("the messages", () => posted(his2).length === 2);
    his2.markRead(his2.get().entries.at(-1)?.message.seq ?? 0);
    expect(unread()).toBe(0);
    const elsewhere = start(jun);
    await until("the mark on another device", () => {
      const known = elsewhere.inbox.get().rooms.get(room.id);
      return known && known.countable === 2 && known.readCountable === 2;
    });
  });

  test("a room that is taken away goes from the screen with everything in it, and comes back when it is given back", async () => {
    const room = await createRoom(server, mina, { name: "비밀", kind: "members" }, [jun]);
    const client = start(jun);
    const store = enter(client, room.id);
    await until("준 to be there", () => store.get().live);
    await ask(server, mina, "DELETE", `/api/rooms/${room.id}/members/${jun.id}`);
    await until("the room to be gone", () => store.get().gone && !client.inbox.get().rooms.has(room.id));
    expect(store.get().entries).toEqual([]);
    await ask(server, mina, "PUT", `/api/rooms/${room.id}/members/${jun.id}`);
    await until("the room to be back", () => store.get().live && !store.get().gone);
  });

  test("a refused message says why, and the next one goes", async () => {
    const room = await createRoom(server, mina, { name: "공지", posting: "admins" });
    const store = enter(start(jun), room.id);
    await until("준 to be there", () => store.get().live);
    store.post("저도요");
    const failed = await until("the refusal", () => store.get().entries.find(({ state }) => state === "failed"));
    expect(failed.reason).toBe("read-only");
    store.discard(failed.key);
    expect(store.get().entries).toEqual([]);
  });
});

describe("a server that is killed in the middle of a burst", () => {
  test("both screens converge on what it has stored: everything once, in each writer's order", async () => {
    const room = await createRoom(server, mina, { name: "정전" });
    const clients = [start(mina), start(jun)] as [ChatClient, ChatClient];
    const [hers, his] = clients.map((client) => enter(client, room.id)) as [RoomStore, RoomStore];
    await until("both to be there", () => hers.get().live && his.get().live);
    const wrote = Array.from({ length: 40 }, (_, n) => n);
    for (const n of wrote) {
      hers.post(`미나 ${n}`);
      his.post(`준 ${n}`);
    }
    await until("a part of it", () => posted(hers).length >= 10);
    await server.kill();
    expect(isSettled(hers)).toBe(false);
    await server.start();
    await until(
      "everything to be posted",
      () => [hers, his].every((s) => isSettled(s) && posted(s).length === 80),
      30_000,
    );

    const { body } = await ask<MessagePage>(server, mina, "GET", `/api/rooms/${room.id}/messages?limit=100`);
    const stored = body.messages.map(({ text }) => text);
    expect(posted(hers).slice(-stored.length)).toEqual(stored);
    expect(posted(his)).toEqual(posted(hers));
    for (const name of ["미나", "준"])
      expect(posted(hers).filter((text) => text.startsWith(name))).toEqual(wrote.map((n) => `${name} ${n}`));
  }, 60_000);
});

describe("a changed password", () => {
  test("ends the connections of every other session for good", async () => {
    const [here, there] = [
      await signIn(server, jun.email, jun.password),
      await signIn(server, jun.email, jun.password),
    ];
    const [kept, ended] = [start({ ...jun, cookie: here }), start({ ...jun, cookie: there })];
    await until("both connections", () => [kept, ended].every((client) => client.connection.get().state === "online"));
    await ask(server, { cookie: here }, "POST", "/api/me/password", { current: jun.password, next: jun.password });
    await until("the other session to end", () => ended.connection.get().ended !== undefined);
    expect(kept.connection.get()).toEqual({ state: "online" });
  });
});
