import { afterAll, beforeAll, expect, test } from "vitest";
import { roomStream, roomVerb } from "#lib/chat/destinations.ts";
import type { Room } from "#lib/chat/room.ts";
import { type Account, claim, invite, lobby } from "#tests/support/place.ts";
import { rawHttp, upgradeRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectAs, connectTold, notice } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import { openWire, type Wire } from "#tests/support/wire.ts";

const LIMITS = {
  SEND_RATE: "1",
  SEND_BURST: "3",
  MAX_SUBSCRIPTIONS: "20",
  MAX_CONNECTIONS_PER_USER: "2",
  MAX_CONNECTIONS_PER_ADDRESS: "4",
  CONNECT_TIMEOUT: "1000",
};

let server: TestServer;
let mina: Account;
let jun: Account;
let room: Room;

beforeAll(async () => {
  server = await startServer({ ui: false, env: LIMITS });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  room = await lobby(server, mina);
}, 60_000);

afterAll(() => server?.stop());

/** Closes them, and waits until the server has seen it. */
async function leave(wires: Wire[]): Promise<void> {
  for (const wire of wires) wire.close();
  await Promise.all(wires.map((wire) => wire.closed));
}

test("A23 준 may hold two connections; the third is told so", async () => {
  const wires = [await connectAs(server, jun), await connectAs(server, jun)];
  const third = (await openWire(server.endpoint, { headers: { cookie: jun.cookie, origin: server.origin } })) as Wire;
  third.send("CONNECT", { "accept-version": "1.2", host: "localhost" });
  expect((await third.frame("ERROR")).headers.code).toBe("rate-limited");
  await third.closed;
  await leave(wires);
});

test("A11 A23 an address may hold four connections, whatever X-Forwarded-For it writes", async () => {
  const wires = [];
  for (let last = 1; last <= 4; last++) {
    wires.push(await openWire(server.endpoint, { headers: { "x-forwarded-for": `203.0.113.${last}` } }));
  }
  expect(wires.filter((wire) => "refused" in wire)).toEqual([]);
  expect(await openWire(server.endpoint, { headers: { "x-forwarded-for": "203.0.113.5" } })).toEqual({ refused: 429 });
  await leave(wires as Wire[]);
});

test("A24 a bomb of subscriptions is refused at the limit, and transactions are refused outright", async () => {
  const wire = await connectTold(server, jun);
  // One of the twenty is the queue of refusals.
  for (let index = 0; index < 20; index++) {
    wire.send("SUBSCRIBE", { id: `s${index}`, destination: roomStream(room.id), receipt: `s${index}` });
  }
  await wire.frame("RECEIPT", { "receipt-id": "s18" });
  expect((await notice(wire, "s19")).headers.code).toBe("rate-limited");
  for (let index = 0; index < 100; index++) wire.send("BEGIN", { transaction: `t${index}` });
  expect((await wire.frame("ERROR")).headers.code).toBe("unsupported");
  await wire.closed;
});

test("whoever sends faster than allowed is told when to try again", async () => {
  const wire = await connectTold(server, mina);
  for (let index = 0; index < 4; index++) {
    const headers = { destination: roomVerb(room.id, "post"), receipt: `p${index}` };
    wire.send("SEND", headers, JSON.stringify({ text: `${index}` }));
  }
  const told = JSON.parse((await notice(wire, "p3")).body);
  expect(told).toMatchObject({ code: "rate-limited" });
  expect(told.retryAfter).toBeGreaterThan(0);
  await leave([wire]);
});

test("준's retry of what is stored is answered with the first result, however fast he sends; what he may not enter is as ever", async () => {
  const wire = await connectTold(server, jun);
  const say = (receipt: string, clientId: string, to = room.id) =>
    wire.send("SEND", { destination: roomVerb(to, "post"), receipt }, JSON.stringify({ clientId, text: "한 번만" }));
  await until("the budget of sends to be full again", async () => {
    say("first", "only-once");
    await until("an answer", () => wire.frames.some(({ headers }) => headers["receipt-id"] === "first"));
    return wire.frames.some(({ command, headers }) => command === "RECEIPT" && headers["receipt-id"] === "first");
  });
  for (let index = 0; index < 4; index++) say(`more${index}`, `more-${index}`);
  say("again", "only-once");
  say("nowhere", "only-once", "0".repeat(room.id.length));
  expect((await notice(wire, "more3")).headers.code).toBe("rate-limited");
  const [first, again] = [
    await wire.frame("RECEIPT", { "receipt-id": "first" }),
    await wire.frame("RECEIPT", { "receipt-id": "again" }),
  ];
  expect(again.headers).toEqual({ ...first.headers, "receipt-id": "again" });
  expect((await notice(wire, "nowhere")).headers.code).toBe("not-found");
  await leave([wire]);
});

test("whoever never says CONNECT is sent away, and whoever has said it may stay", async () => {
  const staying = await connectTold(server, mina);
  const silent = (await openWire(server.endpoint)) as Wire;
  expect((await silent.frame("ERROR")).headers.code).toBe("malformed");
  await silent.closed;
  staying.send("UNSUBSCRIBE", { id: "/user/queue/refusals", receipt: "still here" });
  await staying.frame("RECEIPT", { "receipt-id": "still here" });
  await leave([staying]);
});

test("bytes that are no STOMP, and upgrades that are no WebSocket, leave the process alone", async () => {
  const nonsense = [
    "\0\0\0",
    "CONNECT\r\n\r\n",
    "CONNECT\naccept-version:1.2\ncontent-length:-1\n\n",
    "A".repeat(9_000),
  ];
  for (const bytes of nonsense) {
    const wire = (await openWire(server.endpoint)) as Wire;
    wire.send(bytes);
    await leave([wire]);
  }
  const host = `localhost:${server.port}`;
  await rawHttp(server.port, upgradeRequest("/stomp", host).replace("13", "99"), 500);
  await rawHttp(server.port, `GET /stomp HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect((await fetch(`${server.origin}/up`)).status).toBe(200);
});
