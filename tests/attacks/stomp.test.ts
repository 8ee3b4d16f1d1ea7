import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RoomVerb, roomStream, roomVerb } from "#lib/chat/destinations.ts";
import { randomId } from "#lib/chat/ids.ts";
import type { MessagePage } from "#lib/chat/message.ts";
import type { Room } from "#lib/chat/room.ts";
import { type Account, ask, claim, createRoom, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectAs, connectTold, notice, post, subscribe } from "#tests/support/talk.ts";
import { openWire, type Wire } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
let open: Room;
let secret: Room;

beforeAll(async () => {
  server = await startServer({ ui: false, env: { SEND_RATE: "1000", SEND_BURST: "10000", MAX_SUBSCRIPTIONS: "20" } });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  open = await lobby(server, mina);
  secret = await createRoom(server, mina, { name: "운영", kind: "admins" });
});

afterAll(() => server?.stop());

describe("before CONNECT", () => {
  test.each(["SEND", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT", "GET / HTTP/1.1"])(
    "A12 %s is an ERROR and does nothing",
    async (command) => {
      const headers = { cookie: jun.cookie, origin: server.origin };
      const wire = (await openWire(server.endpoint, { headers })) as Wire;
      wire.send(
        command,
        { destination: roomVerb(open.id, "post"), id: "x", receipt: "r" },
        JSON.stringify({ text: "before CONNECT" }),
      );
      await wire.frame("ERROR");
      await wire.closed;
      expect(wire.frames.map((frame) => frame.command)).toEqual(["ERROR"]);
      const { body } = await ask<{ messages: { text: string }[] }>(
        server,
        mina,
        "GET",
        `/api/rooms/${open.id}/messages`,
      );
      expect(body.messages.map(({ text }) => text)).not.toContain("before CONNECT");
    },
  );

  test("A13 login of somebody else is ignored: 준 stays 준", async () => {
    const headers = { cookie: jun.cookie, origin: server.origin };
    const wire = (await openWire(server.endpoint, { headers })) as Wire;
    wire.send("CONNECT", { "accept-version": "1.2", host: "localhost", login: mina.email });
    expect((await wire.frame("CONNECTED")).headers["user-id"]).toBe(jun.id);
    wire.close();
  });
});

async function said(who: Account, { id }: Room): Promise<void> {
  const wire = await connectAs(server, who);
  await post(wire, id, "우리끼리");
  wire.close();
}

describe("a room 준 may not enter", () => {
  const TRIES = 60;

  /** What a frame about this room is refused with, apart from the names that 준 chose himself; and how long it took, in ms. */
  async function refusal(wire: Wire, to: "stream" | RoomVerb, room: string, named = {}) {
    const receipt = randomId();
    const began = performance.now();
    if (to === "stream") wire.send("SUBSCRIBE", { id: receipt, destination: roomStream(room), receipt });
    else
      wire.send("SEND", { destination: roomVerb(room, to), receipt }, JSON.stringify({ text: "들리나요?", ...named }));
    const { headers, body } = await notice(wire, receipt);
    const names = ["receipt-id", "message-id", "subscription"];
    const told = Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
    return { told, body: body.replaceAll(receipt, ""), took: performance.now() - began };
  }

  test.each([
    ["A14", "SUBSCRIBE", "stream"],
    ["A15", "SEND", "post"],
    ["A15", "SEND", "edit"],
    ["A15", "SEND", "delete"],
  ] as const)("%s %s %s is answered as if the room did not exist, in the same time", async (_number, _command, to) => {
    await said(mina, secret);
    const { body } = await ask<MessagePage>(server, mina, "GET", `/api/rooms/${secret.id}/messages`);
    // 준 has learned the id of a message there, from somebody's link.
    const named = { messageId: body.messages[0]?.id, seq: 1 };
    const wire = await connectTold(server, jun);
    const hidden: number[] = [];
    const missing: number[] = [];
    for (let times = 0; times < TRIES; times++) {
      const one = await refusal(wire, to, secret.id, named);
      const other = await refusal(wire, to, randomId(), named);
      expect({ told: one.told, body: one.body }).toEqual({ told: other.told, body: other.body });
      hidden.push(one.took);
      missing.push(other.took);
    }
    wire.close();
    expect(Math.abs(median(hidden) - median(missing))).toBeLessThan(5);
  });

  test("A14 without a queue for refusals the ERROR is the same, too", async () => {
    const errors = [];
    for (const room of [secret.id, randomId()]) {
      const wire = await connectAs(server, jun);
      wire.send("SUBSCRIBE", { id: "s", destination: roomStream(room) });
      const { headers, body } = await wire.frame("ERROR");
      errors.push({ headers, body, code: await wire.closed });
    }
    expect(errors[0]).toEqual(errors[1]);
    expect(errors[0]?.headers.code).toBe("not-found");
  });
});

const median = (numbers: number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;

describe("destinations", () => {
  test("A16 wildcards, dots, encodings and doubled slashes name nothing", async () => {
    const id = open.id;
    const crooked = [
      "/topic/rooms/*",
      "/topic/rooms/>",
      "/topic/rooms/#",
      "/topic/**",
      `/topic/rooms/${id}/..`,
      `/topic/rooms/../rooms/${id}`,
      `/topic//rooms/${id}`,
      `/topic/rooms//${id}`,
      `/topic/rooms/${id}/`,
      `/topic/rooms/${id}%2Factivity`,
      `/topic/%72ooms/${id}`,
      `/TOPIC/rooms/${id}`,
      ` /topic/rooms/${id}`,
      `/topic/rooms/${id}?x=1`,
      `/user/${mina.id}/queue/inbox`,
      "/user/queue/inbox/",
      "/queue/inbox",
      "/topic/admin/stats",
      "",
    ];
    const wire = await connectTold(server, jun);
    for (const [index, destination] of crooked.entries()) {
      wire.send("SUBSCRIBE", { id: `c${index}`, destination, receipt: `c${index}` });
      await notice(wire, `c${index}`);
    }
    const received = wire.frames.length;
    const speaker = await connectAs(server, mina);
    await post(speaker, id, "A16");
    await subscribe(wire, roomStream(id));
    expect(wire.frames.slice(received).filter(({ body }) => body.includes("A16"))).toEqual([]);
    for (const one of [wire, speaker]) one.close();
  });

  test("A17 nobody can SEND straight to a topic or to a person", async () => {
    const listener = await connectAs(server, mina);
    await subscribe(listener, roomStream(open.id));
    await subscribe(listener, "/user/queue/inbox");
    const wire = await connectTold(server, jun);
    const targets = [
      roomStream(open.id),
      `${roomStream(open.id)}/activity`,
      `/user/${mina.id}/queue/inbox`,
      "/user/queue/inbox",
      "/user/queue/refusals",
      "/queue/x",
    ];
    for (const [index, destination] of targets.entries()) {
      wire.send("SEND", { destination, receipt: `t${index}` }, JSON.stringify({ text: "straight" }));
      await notice(wire, `t${index}`);
    }
    await post(wire, open.id, "the proper way");
    await listener.frame("MESSAGE", { destination: roomStream(open.id) });
    expect(listener.frames.filter(({ body }) => body.includes("straight"))).toEqual([]);
    for (const one of [wire, listener]) one.close();
  });

  test("A18 escapes in headers come back as escapes, not as headers of their own", async () => {
    const wire = await connectTold(server, jun);
    wire.send(
      "SEND",
      { destination: roomVerb(open.id, "post"), receipt: "a\\nadmin\\ctrue\\c" },
      JSON.stringify({ text: "A18" }),
    );
    const receipt = await wire.frame("RECEIPT");
    await expect.poll(() => wire.frames.at(-1)?.headers["receipt-id"]).toBe("a\\nadmin\\ctrue\\c");
    expect(wire.frames.map(({ headers }) => headers.admin)).not.toContain("true");
    expect(receipt.command).toBe("RECEIPT");
    wire.send(
      "SEND",
      { destination: roomVerb(open.id, "post"), receipt: "b", "client-id": "x\\nrev:9", "content-type": "text/plain" },
      "A18",
    );
    expect((await notice(wire, "b")).body).toContain("malformed");
    wire.close();
  });

  test("A19 author, rev, seq and time are the server's, whatever a client claims", async () => {
    const wire = await connectAs(server, jun);
    await subscribe(wire, roomStream(open.id));
    const claimed = {
      id: "chosen",
      author: mina.id,
      rev: 999_999,
      seq: 999_999,
      createdAt: "1999-01-01T00:00:00Z",
      room: secret.id,
    };
    const headers = { rev: "999999", author: mina.id, time: "1999-01-01T00:00:00Z", "message-id": "chosen" };
    wire.send(
      "SEND",
      { destination: roomVerb(open.id, "post"), receipt: "r", ...headers },
      JSON.stringify({ text: "A19", ...claimed }),
    );
    const receipt = await wire.frame("RECEIPT", { "receipt-id": "r" });
    const message = await wire.frame("MESSAGE", { rev: receipt.headers.rev as string });
    const body = JSON.parse(message.body);
    expect(body).toMatchObject({ text: "A19", author: jun.id, room: open.id });
    expect(Number(receipt.headers.rev)).toBeLessThan(999_999);
    expect([body.id, message.headers["message-id"]]).not.toContain("chosen");
    expect(Math.abs(Date.now() - Date.parse(body.createdAt))).toBeLessThan(60_000);
    wire.close();
  });
});
