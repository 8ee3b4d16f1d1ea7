import { afterEach, expect, test } from "vitest";
import type { GatewayLimits } from "#server/gateway/gateway-limits.ts";
import { until } from "#tests/support/until.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, open, subscribe } from "./peer.ts";

let endpoint: Endpoint;
afterEach(() => endpoint.close());

async function withLimits(limits: Partial<GatewayLimits>): Promise<string> {
  endpoint = await openEndpoint(limits);
  return endpoint.url;
}

test("who says nothing is sent away, and who waits too long for an answer is told to come back", async () => {
  const url = await withLimits({ connectTimeout: 50 });
  const silent = await open(url);
  expect((await silent.next()).headers.code).toBe("malformed");
  expect(await silent.end()).toBe(1002);
  endpoint.board.gate = new Promise(() => {});
  const waiting = await open(url);
  waiting.send("CONNECT\naccept-version:1.2\npasscode:mina-secret\n\n");
  expect((await waiting.next()).headers.code).toBe("busy");
  expect(await waiting.end()).toBe(1013);
});

test("a frame may be as long as allowed and no longer, and less before it is known who speaks", async () => {
  const url = await withLimits({});
  const peer = await connect(url, "mina");
  const head = "SEND\ndestination:/topic/a\nreceipt:r\n\n";
  peer.send(head + "x".repeat(65_536 - head.length - 1));
  await peer.find("RECEIPT");
  peer.send(head + "x".repeat(65_536 - head.length));
  expect((await peer.find("ERROR")).headers).toMatchObject({ code: "too-long", "receipt-id": "r" });
  expect(await peer.end()).toBe(1009);
  const stranger = await open(url);
  stranger.send(`CONNECT\naccept-version:1.2\n${`a:${"x".repeat(1_000)}\n`.repeat(9)}\n`);
  expect((await stranger.next()).headers.code).toBe("too-long");
});

test("bytes of a frame add up over messages", async () => {
  const url = await withLimits({});
  const peer = await open(url);
  for (let sent = 0; sent < 10; sent++) peer.ws.send(sent === 0 ? "CONNECT\n" : `h${sent}:${"x".repeat(1_000)}\n`);
  expect((await peer.next()).headers.code).toBe("too-long");
});

test("sends beyond burst and rate are refused with the seconds to wait, over all connections of the person", async () => {
  const url = await withLimits({ sendBurst: 3, sendRate: 0.5 });
  const [one, two] = await Promise.all([connect(url, "mina"), connect(url, "mina")]);
  await subscribe(two, "/user/queue/refusals");
  one.send(...["1", "2", "3"].map((text) => `SEND\ndestination:/topic/a\nreceipt:${text}\n\n${text}`));
  await until("three receipts", () => one.seen.filter(({ command }) => command === "RECEIPT").length === 3);
  two.send("SEND\ndestination:/topic/a\nreceipt:four\n\n4");
  const { headers, body } = await two.find("MESSAGE");
  expect(headers).toMatchObject({ "receipt-id": "four", "retry-after": "2" });
  expect(JSON.parse(body)).toMatchObject({ code: "rate-limited", retryAfter: 2 });
  const jun = await connect(url, "jun");
  jun.send("SEND\ndestination:/topic/a\nreceipt:jun\n\nx");
  expect((await jun.find("RECEIPT")).headers["receipt-id"]).toBe("jun");
  expect(endpoint.board.notes.get("/topic/a")).toEqual(["1", "2", "3", "x"]);
});

test("미나's retry beyond the limit is answered with what is stored; what is new is refused, and so is a flood of retries", async () => {
  const url = await withLimits({ sendBurst: 2, sendRate: 0.01 });
  const mina = await connect(url, "mina");
  await subscribe(mina, "/user/queue/refusals");
  const say = (text: string, receipt: string) =>
    mina.send(`SEND\ndestination:/topic/a\nclient-id:${text}\nreceipt:${receipt}\n\n${text}`);
  say("one", "1");
  say("two", "2");
  say("three", "3");
  say("one", "4");
  await until(
    "four answers",
    () => mina.seen.filter(({ headers }) => headers["receipt-id"]?.length === 1).length === 4,
  );
  const answers = mina.seen.flatMap(({ command, headers }) =>
    headers["receipt-id"]?.length === 1 ? [{ command, ...headers }] : [],
  );
  expect(answers).toMatchObject([
    { command: "RECEIPT", "receipt-id": "1", rev: "1" },
    { command: "RECEIPT", "receipt-id": "2", rev: "2" },
    { command: "MESSAGE", "receipt-id": "3", code: "rate-limited" },
    { command: "RECEIPT", "receipt-id": "4", rev: "1" },
  ]);
  for (let index = 0; index < 100; index++) say("one", `flood-${index}`);
  await until("the flood to be answered", () => mina.seen.some(({ headers }) => headers["receipt-id"] === "flood-99"));
  expect(endpoint.board.looked).toBeLessThan(50);
  expect(endpoint.board.notes.get("/topic/a")).toEqual(["one", "two"]);
});

test("SUBSCRIBEs beyond burst and rate are refused with the seconds to wait, and the queue of refusals never is", async () => {
  const url = await withLimits({ subscribeBurst: 2, subscribeRate: 0.5 });
  const mina = await connect(url, "mina");
  await subscribe(mina, "/user/queue/refusals");
  await subscribe(mina, "/topic/a");
  await subscribe(mina, "/topic/b");
  mina.send("SUBSCRIBE\nid:c\ndestination:/topic/c\n\n");
  const { headers, body } = await mina.find("MESSAGE");
  expect(headers).toMatchObject({ code: "rate-limited", "retry-after": "2" });
  expect(JSON.parse(body)).toMatchObject({ subscription: "c" });
  // Another connection of hers is no way around it.
  const again = await connect(url, "mina");
  await subscribe(again, "/user/queue/refusals");
  again.send("SUBSCRIBE\nid:a\ndestination:/topic/a\n\n");
  expect((await again.find("MESSAGE")).headers.code).toBe("rate-limited");
  await subscribe(await connect(url, "jun"), "/topic/a");
});

test("reconnecting does not refill what may be sent", async () => {
  const url = await withLimits({ sendBurst: 1, sendRate: 0.5 });
  const first = await connect(url, "mina");
  first.send("SEND\ndestination:/topic/a\n\nx", "DISCONNECT\n\n");
  await first.end();
  const second = await connect(url, "mina");
  second.send("SEND\ndestination:/topic/a\n\ny");
  expect((await second.find("ERROR")).headers.code).toBe("rate-limited");
});

test("a person may have so many connections and no more", async () => {
  const url = await withLimits({ maxConnectionsPerUser: 2 });
  const first = await connect(url, "mina");
  await connect(url, "mina");
  await expect(connect(url, "mina")).rejects.toThrow("rate-limited");
  await connect(url, "jun");
  first.send("DISCONNECT\n\n");
  await first.end();
  await connect(url, "mina");
});

test("a connection may have so many subscriptions and no more", async () => {
  const url = await withLimits({ maxSubscriptions: 2 });
  const peer = await connect(url, "mina");
  await subscribe(peer, "/user/queue/refusals");
  await subscribe(peer, "/topic/a");
  peer.send("SUBSCRIBE\nid:b\ndestination:/topic/b\n\n");
  expect(JSON.parse((await peer.find("MESSAGE")).body)).toMatchObject({ code: "rate-limited", subscription: "b" });
  peer.send("UNSUBSCRIBE\nid:/topic/a\n\n");
  await subscribe(peer, "/topic/b");
});

test("a session ends when its time is over, although nobody says anything", async () => {
  const url = await withLimits({});
  endpoint.board.expiresAt = Date.now() + 150;
  const peer = await connect(url, "mina");
  expect((await peer.next()).headers.code).toBe("expired");
  expect(await peer.end()).toBe(4401);
  expect(Date.now()).toBeGreaterThanOrEqual(endpoint.board.expiresAt);
});

test("an idle server sends heart-beats as agreed, each a message of one byte, and none to 1.0", async () => {
  const url = await withLimits({ heartBeat: { send: 50, receive: 0 } });
  const peer = await connect(url, "mina", "accept-version:1.2\nheart-beat:0,50\n");
  const old = await connect(url, "jun", "heart-beat:0,50\n");
  await until("three heart-beats", () => peer.raw.filter(({ data }) => data.toString() === "\n").length >= 3);
  expect(old.raw.some(({ data }) => data.toString() === "\n")).toBe(false);
});

test("who falls silent is cut off after three intervals; a pong or half a frame is a sign of life", async () => {
  const url = await withLimits({ heartBeat: { send: 0, receive: 100 } });
  const connectDeaf = async () => {
    const peer = await open(url, { autoPong: false });
    peer.send("CONNECT\naccept-version:1.2\npasscode:mina-secret\nheart-beat:100,0\n\n");
    await peer.find("CONNECTED");
    return peer;
  };
  const answering = await connect(url, "jun");
  const talking = await connectDeaf();
  const timer = setInterval(() => talking.ws.send("half a frame"), 50);
  const since = performance.now();
  const silent = await connectDeaf();
  expect(await silent.end()).toBe(1006);
  expect(performance.now() - since).toBeGreaterThan(280);
  clearInterval(timer);
  expect([talking.closed, answering.closed]).toEqual([undefined, undefined]);
});
