import { describe, expect, test } from "vitest";
import { roomActivity, roomStream, roomVerb } from "#lib/chat/destinations.ts";
import type { Room } from "#lib/chat/room.ts";
import type { SearchAnswer } from "#lib/chat/search.ts";
import { A_SECOND } from "#tests/support/a-second.ts";
import { readFigures } from "#tests/support/figures.ts";
import { ask } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";
import type { Engine } from "#tests/support/services/engines.ts";
import { query } from "#tests/support/services/postgres.ts";
import { change, post } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import type { Wire } from "#tests/support/wire.ts";
import { events, INBOX, isHere, numbers, relayStates, texts } from "./overheard.ts";
import { type TwoServers, twoServers } from "./two-places.ts";
import { goOnWithoutThem } from "./two-servers-outages.ts";

/** What people on two servers may expect of the engine between them. */
export function keepTogether(engine: Engine): void {
  describe(`two servers on one PostgreSQL and ${engine.name}`, () => {
    const place = twoServers(engine);
    talkAcross(place);
    goOnWithoutThem(place);
  });
}

function talkAcross(place: TwoServers): void {
  const { meet } = place;

  test("미나 and 준 talk, in one order and without a hole", async () => {
    const { database } = place;
    const { speaker, listener, room } = await meet("이야기");
    for (let n = 1; n <= 20; n++)
      await Promise.all([post(speaker, room.id, `미나 ${n}`), post(listener, room.id, `준 ${n}`)]);
    for (const wire of [speaker, listener]) await until("all 40", () => texts(wire, room).length >= 40);
    const stored = await query(database, `select text from messages where room = '${room.id}' order by rev`);
    for (const wire of [speaker, listener]) {
      expect(texts(wire, room)).toEqual(stored.map(({ text }) => text));
      expect(numbers(wire, room)).toEqual(Array.from({ length: 40 }, (_, n) => `${n} ${n + 1}`));
    }
  });

  test("미나 edits and deletes on the one server, and 준 sees it on the other, live and when he comes back", async () => {
    const { one, jun, database, open } = place;
    const { speaker, listener, room } = await meet("고쳐 쓰기");
    await post(speaker, room.id, "안녕하세여");
    await post(speaker, room.id, "지울 말");
    const messages = () => events(listener, roomStream(room.id));
    await until("both", () => messages().length === 2);
    const [first, second] = messages().map(({ id, seq }) => ({ messageId: id, seq }));
    await change(speaker, room.id, "edit", { ...first, text: "안녕하세요" });
    await change(speaker, room.id, "delete", { ...second });
    await until("both changes", () => messages().length === 4);
    expect(numbers(listener, room)).toEqual(["0 1", "1 2", "2 3", "3 4"]);
    expect(messages().slice(2)).toMatchObject([
      { id: first?.messageId, seq: 1, rev: 3, text: "안녕하세요", editedAt: expect.any(String) },
      { id: second?.messageId, seq: 2, rev: 4, text: "", deletedAt: expect.any(String) },
    ]);
    expect(messages()).toEqual(events(speaker, roomStream(room.id)));
    const again = await open(one, jun);
    again.send("SUBSCRIBE", { id: "back", destination: roomStream(room.id), from: "2", receipt: "back" });
    await again.frame("RECEIPT", { "receipt-id": "back" });
    expect(events(again, roomStream(room.id))).toEqual(messages().slice(2));
    expect(await query(database, `select text from messages where text = '지울 말'`)).toEqual([]);
  });

  test("what 미나 says on the one server 준 finds on the other at once, by the words it has now", async () => {
    const { other, jun } = place;
    const { speaker, listener, room } = await meet("찾기");
    await post(speaker, room.id, "프로젝트는 세시에");
    const found = async (q: string) => {
      const { body } = await ask<SearchAnswer>(
        other,
        jun,
        "GET",
        `/api/search?q=${encodeURIComponent(`${q} in:찾기`)}`,
      );
      return body.messages.map(({ text }) => text);
    };
    expect(await found("젝트")).toEqual(["프로젝트는 세시에"]);
    await until("it", () => texts(listener, room).length === 1);
    const [{ id: messageId = "" } = {}] = events(listener, roomStream(room.id));
    await change(speaker, room.id, "edit", { messageId, text: "회의는 네시에" });
    expect(await found("젝트")).toEqual([]);
    expect(await found("회의")).toEqual(["회의는 네시에"]);
  });

  test("each server's figures count the hints that crossed, and say that the relay is up and the other one lives", async () => {
    const { one, other } = place;
    const { speaker, listener, room } = await meet("세어 보기");
    const [told, heard] = [await readFigures(one), await readFigures(other)];
    await post(speaker, room.id, "하나");
    await until("it", () => texts(listener, room).includes("하나"));
    const more = async (server: TestServer, before: ReadonlyMap<string, number>, name: string) =>
      ((await readFigures(server)).get(name) ?? 0) - (before.get(name) ?? 0);
    expect(await more(one, told, "sarangbang_relay_published_total")).toBeGreaterThanOrEqual(1);
    expect(await more(other, heard, "sarangbang_relay_heard_total")).toBeGreaterThanOrEqual(1);
    for (const server of [one, other]) {
      await until("the other node", async () => (await readFigures(server)).get("sarangbang_nodes") === 2, 10_000);
      expect(await relayStates(server)).toEqual({ connecting: 0, up: 1, down: 0 });
    }
  });

  test("they see each other here and typing, unread counts and read marks cross, and who leaves is gone", async () => {
    const { mina, jun, wires } = place;
    const { speaker, listener, room } = await meet("여기");
    const activity = (wire: Wire) => events(wire, roomActivity(room.id));
    await until("준 on 미나's server", () => activity(speaker).some((event) => isHere(event, jun.id)));
    await until("미나 on 준's server", () => activity(listener).some((event) => isHere(event, mina.id)));
    speaker.send("SEND", { destination: roomVerb(room.id, "typing") }, '{"on":true}');
    const line = (on: boolean) =>
      activity(listener).some((event) => event.type === "typing" && event.user === mina.id && event.on === on);
    await until("her typing", () => line(true));
    await post(speaker, room.id, "다 썼어요");
    await until("its end", () => line(false));
    const bumps = () => events(listener, INBOX).filter((event) => event.type === "bump" && event.room === room.id);
    await until("the count", () => bumps().some(({ seq }) => seq === 1));
    listener.send("SEND", { destination: roomVerb(room.id, "read") }, '{"seq":1}');
    await until("how far 준 has read", () =>
      activity(speaker).some((event) => event.type === "reads" && event.positions[jun.id] === 1),
    );
    for (const wire of wires) if (wire !== speaker) wire.close();
    await until(
      "준 to be gone",
      () => activity(speaker).some((event) => event.type === "presence" && event.user === jun.id && !event.online),
      30_000,
    );
  });

  test("A20 taken out on the one server, 준 hears nothing that is said after on the other, and knows within a second", async () => {
    const { one, other, mina, jun } = place;
    const { speaker, listener, room } = await meet("함께");
    await post(speaker, room.id, "with 준");
    await until("it", () => texts(listener, room).includes("with 준"));
    const began = performance.now();
    expect((await ask(one, mina, "DELETE", `/api/rooms/${room.id}/members/${jun.id}`)).status).toBe(204);
    for (let times = 0; times < 20; times++) await post(speaker, room.id, "without 준");
    await until("room-gone", () => events(listener, INBOX).some(({ type }) => type === "room-gone"));
    expect(performance.now() - began).toBeLessThan(A_SECOND);
    const lobby = (await ask<{ rooms: Room[] }>(other, jun, "GET", "/api/rooms")).body.rooms[0] as Room;
    await post(listener, lobby.id, "still here");
    expect(listener.frames.filter(({ body }) => body.includes("without 준"))).toEqual([]);
  });

  test("the same message sent five times at once, over both servers, is stored once and receipted alike", async () => {
    const { other, mina, database, open } = place;
    const { speaker, listener, room } = await meet("한 번만");
    const again = await open(other, mina);
    const body = JSON.stringify({ text: "한 번만", clientId: `once-${room.id}` });
    const sends = [speaker, again, speaker, again, again].map(async (wire, n) => {
      wire.send("SEND", { destination: roomVerb(room.id, "post"), receipt: `five ${n}` }, body);
      const { headers } = await wire.frame("RECEIPT", { "receipt-id": `five ${n}` });
      return { rev: headers.rev, seq: headers.seq, id: headers["message-id"] };
    });
    const receipts = await Promise.all(sends);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    await post(speaker, room.id, "그 뒤");
    await until("both", () => texts(listener, room).length >= 2);
    expect(numbers(listener, room)).toEqual(["0 1", "1 2"]);
    expect(await query(database, `select rev from messages where room = '${room.id}'`)).toHaveLength(2);
  });

  test("준 goes on to the other server and is sent what he missed, from where he was", async () => {
    const { one, jun, open } = place;
    const { speaker, listener, room } = await meet("옮겨 가기");
    await post(speaker, room.id, "before");
    await until("it", () => texts(listener, room).length === 1);
    const { epoch = "" } = (await listener.frame("MESSAGE", { destination: roomStream(room.id) })).headers;
    listener.close();
    await post(speaker, room.id, "missed");
    const again = await open(one, jun);
    const destination = roomStream(room.id);
    again.send("SUBSCRIBE", { id: "back", destination, from: "1", epoch, receipt: "back" });
    const receipt = await again.frame("RECEIPT", { "receipt-id": "back" });
    expect(receipt.headers).toMatchObject({ head: "2", epoch });
    await post(speaker, room.id, "after");
    await until("both", () => texts(again, room).length === 2);
    expect(numbers(again, room)).toEqual(["1 2", "2 3"]);
  });
}
