import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roomActivity, roomStream, roomVerb } from "#lib/chat/destinations.ts";
import type { Room } from "#lib/chat/room.ts";
import { relayed } from "#tests/faults/relayed.ts";
import { A_SECOND } from "#tests/support/a-second.ts";
import { readFigures } from "#tests/support/figures.ts";
import { type Account, ask, claim, createRoom, invite } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import type { Engine } from "#tests/support/services/engines.ts";
import { freshDatabase, query, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { connectTold, post, subscribe } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import type { Wire } from "#tests/support/wire.ts";

const PATIENCE = 240_000;
const INBOX = "/user/queue/inbox";

const events = (wire: Wire, destination: string) =>
  wire.frames.flatMap(({ command, headers, body }) =>
    command === "MESSAGE" && headers.destination === destination ? [JSON.parse(body)] : [],
  );

const texts = (wire: Wire, room: Room): string[] => events(wire, roomStream(room.id)).map(({ text }) => text);

/** `prev rev` of every frame of a room. */
const numbers = (wire: Wire, room: Room) =>
  wire.frames.flatMap(({ headers }) =>
    headers.destination === roomStream(room.id) ? [`${headers.prev} ${headers.rev}`] : [],
  );

const isHere = (event: { type: string; online?: unknown; user?: string }, user: string) =>
  (event.type === "presence" && event.user === user && event.online === true) ||
  (event.type === "snapshot" && Array.isArray(event.online) && event.online.includes(user));

async function relayStates(server: TestServer) {
  const figures = await readFigures(server);
  const of = (state: string) => figures.get(`sarangbang_relay_state{state="${state}"}`);
  return { connecting: of("connecting"), up: of("up"), down: of("down") };
}

/** What people on two servers may expect of the engine between them. */
export function keepTogether(engine: Engine): void {
  describe(`two servers on one PostgreSQL and ${engine.name}`, () => {
    let postgres: Service;
    let relay: Service;
    let database: string;
    let one: TestServer;
    let other: TestServer;
    let mina: Account;
    let jun: Account;
    let room: Room;
    const wires: Wire[] = [];

    beforeAll(async () => {
      [relay, postgres] = await Promise.all([engine.start(), startPostgres()]);
      database = await freshDatabase(postgres);
      const env = { DATABASE_URL: database, BROKER_URL: relay.url, SEND_RATE: "1000", SEND_BURST: "10000" };
      // At the same time, on a database that is empty yet.
      [one, other] = await Promise.all([startServer({ ui: false, env }), startServer({ ui: false, env })]);
      mina = await claim(one, "미나", "mina@example.com");
      jun = await invite(other, { ...mina }, "준", "jun@example.com");
      await relayed([one, other], 60_000);
    }, PATIENCE);
    afterAll(async () => {
      for (const wire of wires) wire.close();
      await Promise.all([one?.stop(), other?.stop()]);
      await Promise.all([relay?.stop(), postgres?.stop()]);
    }, PATIENCE);

    async function open(server: TestServer, who: Account): Promise<Wire> {
      const wire = await connectTold(server, who);
      wires.push(wire);
      await subscribe(wire, INBOX);
      return wire;
    }

    /** A room of their own, 미나 on the one server, 준 on the other. */
    async function meet(name: string): Promise<{ speaker: Wire; listener: Wire }> {
      for (const wire of wires.splice(0)) wire.close();
      room = await createRoom(one, mina, { name, kind: "members" });
      await ask(one, mina, "PUT", `/api/rooms/${room.id}/members/${jun.id}`);
      const [speaker, listener] = [await open(one, mina), await open(other, jun)];
      for (const wire of [speaker, listener]) {
        await subscribe(wire, roomActivity(room.id));
        await subscribe(wire, roomStream(room.id));
      }
      return { speaker, listener };
    }

    test("미나 and 준 talk, in one order and without a hole", async () => {
      const { speaker, listener } = await meet("이야기");
      for (let n = 1; n <= 20; n++)
        await Promise.all([post(speaker, room.id, `미나 ${n}`), post(listener, room.id, `준 ${n}`)]);
      for (const wire of [speaker, listener]) await until("all 40", () => texts(wire, room).length >= 40);
      const stored = await query(database, `select text from messages where room = '${room.id}' order by rev`);
      for (const wire of [speaker, listener]) {
        expect(texts(wire, room)).toEqual(stored.map(({ text }) => text));
        expect(numbers(wire, room)).toEqual(Array.from({ length: 40 }, (_, n) => `${n} ${n + 1}`));
      }
    });

    test("each server's figures count the hints that crossed, and say that the relay is up and the other one lives", async () => {
      const { speaker, listener } = await meet("세어 보기");
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
      const { speaker, listener } = await meet("여기");
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
      const { speaker, listener } = await meet("함께");
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
      const { speaker, listener } = await meet("한 번만");
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
      const { speaker, listener } = await meet("옮겨 가기");
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

    test(
      "while the broker is away both servers go on; quiet rooms and counts catch up, and the log says it once",
      async () => {
        const { speaker, listener } = await meet("끊김");
        await relay.kill();
        for (const server of [one, other]) {
          await until("its absence", async () => (await relayStates(server)).down === 1, 30_000);
          expect(await relayStates(server)).toEqual({ connecting: 0, up: 0, down: 1 });
          const up = await fetch(`${server.origin}/up`);
          expect([up.status, await up.json()]).toMatchObject([200, { broker: "unavailable" }]);
        }
        await post(speaker, room.id, "들리지 않는 말");
        await until("it from the database", () => texts(listener, room).includes("들리지 않는 말"), 10_000);
        await relay.start();
        await relayed([one, other], 60_000);
        await post(speaker, room.id, "다시 들려요");
        await until("it", () => texts(listener, room).includes("다시 들려요"), 10_000);
        expect(numbers(listener, room)).toEqual(["0 1", "1 2"]);
        for (const server of [one, other]) expect(server.output().split("is away").length - 1).toBe(1);
        const figures = await readFigures(one);
        expect(figures.get("sarangbang_relay_reconnects_total")).toBe(1);
        expect(figures.get("sarangbang_relay_dropped_total")).toBeGreaterThan(0);
      },
      PATIENCE,
    );

    test(
      "F7 a server dies between the commit of a message and its hint, and 준 has it, even in a quiet room",
      async () => {
        const { listener } = await meet("반쯤");
        const env = { DATABASE_URL: database, BROKER_URL: relay.url, DIE_BEFORE_HINT: "마지막 말" };
        const dying = await startServer({ ui: false, env });
        const last = await open(dying, mina);
        last.send("SEND", { destination: roomVerb(room.id, "post") }, JSON.stringify({ text: "마지막 말" }));
        await last.closed;
        await until("it from the database", () => texts(listener, room).includes("마지막 말"), 10_000);
        expect(numbers(listener, room)).toEqual(["0 1"]);
        await dying.stop();
      },
      PATIENCE,
    );

    test(
      "a server is killed, and its people are gone on the other",
      async () => {
        const { listener } = await meet("끝");
        const gone = () =>
          events(listener, roomActivity(room.id)).some(
            (event) => event.type === "presence" && event.user === mina.id && !event.online,
          );
        const activity = () => events(listener, roomActivity(room.id));
        await until("미나 on 준's server", () => activity().some((event) => isHere(event, mina.id)), 20_000);
        expect(gone()).toBe(false);
        await one.kill();
        await until("미나 to be gone", gone, 30_000);
      },
      PATIENCE,
    );
  });
}
