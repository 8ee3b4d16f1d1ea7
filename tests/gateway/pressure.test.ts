import { afterEach, expect, test } from "vitest";
import type { GatewayLimits } from "#server/gateway/gateway-limits.ts";
import { until } from "#tests/support/until.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, type Peer, subscribe } from "./peer.ts";

const MiB = 1024 * 1024;
const LONG = "가".repeat(20_000);

let endpoint: Endpoint;
afterEach(() => endpoint.close());

/** 준 has subscribed and stops reading. */
async function withPausedReader(limits: Partial<GatewayLimits>): Promise<Peer> {
  endpoint = await openEndpoint(limits);
  const jun = await connect(endpoint.url, "jun");
  await subscribe(jun, "/topic/a");
  jun.ws.pause();
  return jun;
}

function publishLong(): void {
  const rev = endpoint.board.add("/topic/a", LONG);
  endpoint.gateway.publish("/topic/a", endpoint.board.publication("/topic/a", rev));
}

/** More than the system's own buffers take. */
async function publishMuch(): Promise<void> {
  for (let times = 0; times < 500; times++) {
    publishLong();
    await new Promise(setImmediate);
  }
}

test("who does not read is cut off once too much waits", async () => {
  await withPausedReader({});
  await publishMuch();
  await until("the end of the connection", () => endpoint.gateway.stats().connections === 0);
});

test("who takes nothing for too long is cut off, however little it is", async () => {
  await withPausedReader({ closeHighWater: 100 * MiB, stallTimeout: 200 });
  await publishMuch();
  await until("the end of the connection", () => endpoint.gateway.stats().connections === 0);
});

test("a slow reader gets everything durable, in order; of the ephemeral only the newest of each kind", async () => {
  const jun = await withPausedReader({ closeHighWater: 100 * MiB });
  await publishMuch();
  for (let times = 0; times < 50; times++) {
    const publication = { destination: "/topic/a", headers: {}, ephemeral: true };
    endpoint.gateway.publish("/topic/a", { ...publication, body: `typing ${times}`, coalesceKey: "typing" });
    endpoint.gateway.publish("/topic/a", { ...publication, body: "seen and forgotten" });
  }
  jun.ws.resume();
  await until("the newest typing", () => jun.messages().some(({ body }) => body === "typing 49"), 10_000);
  const revs = jun.messages().flatMap(({ headers }) => (headers.rev ? [Number(headers.rev)] : []));
  expect(revs).toEqual([...Array(500).keys()].map((index) => index + 1));
  expect(jun.messages().filter(({ headers }) => !headers.rev)).toHaveLength(1);
});

test("what waits of an ephemeral kind does not outlive its subscription", async () => {
  const jun = await withPausedReader({ closeHighWater: 100 * MiB });
  await publishMuch();
  const typing = { destination: "/topic/a", headers: {}, ephemeral: true, body: "typing", coalesceKey: "typing" };
  endpoint.gateway.publish("/topic/a", typing);
  jun.send("UNSUBSCRIBE\nid:/topic/a\nreceipt:out\n\n");
  await until("the end of the subscription", () => endpoint.gateway.stats().subscriptions === 0);
  jun.ws.resume();
  await until("the RECEIPT", () => jun.seen.some(({ headers }) => headers["receipt-id"] === "out"), 10_000);
  await jun.pong();
  expect(jun.messages().some(({ body }) => body === "typing")).toBe(false);
});

test("a replay far longer than what may wait arrives whole: it takes the reader's pace", async () => {
  endpoint = await openEndpoint({});
  for (let times = 0; times < 300; times++) endpoint.board.add("/topic/a", LONG);
  const jun = await connect(endpoint.url, "jun");
  const receipt = await subscribe(jun, "/topic/a", "from:0\n");
  expect(receipt.headers.head).toBe("300");
  expect(jun.messages()).toHaveLength(300);
});

test("a long replay stops when access is lost in its midst", async () => {
  endpoint = await openEndpoint({});
  for (let times = 0; times < 300; times++) endpoint.board.add("/topic/a", LONG);
  const jun = await connect(endpoint.url, "jun");
  await subscribe(jun, "/user/queue/refusals");
  jun.ws.pause();
  jun.send("SUBSCRIBE\nid:a\ndestination:/topic/a\nfrom:0\nreceipt:in\n\n");
  await until("the subscription", () => endpoint.gateway.stats().subscriptions === 2);
  endpoint.board.closed.add("jun /topic/a");
  await endpoint.gateway.review({ topics: new Set(["/topic/a"]) });
  jun.ws.resume();
  const notice = await until("the refusal", () => jun.seen.find(({ headers }) => headers["receipt-id"] === "in"));
  expect(JSON.parse(notice.body)).toMatchObject({ code: "not-found", subscription: "a" });
  expect(jun.messages().length).toBeLessThan(300);
});

test("pings are answered while little waits, and left alone while much does", async () => {
  const jun = await withPausedReader({ closeHighWater: 100 * MiB });
  let pongs = 0;
  jun.ws.on("pong", () => {
    pongs += 1;
  });
  await publishMuch();
  for (let times = 0; times < 100; times++) jun.ws.ping();
  await new Promise(setImmediate);
  jun.ws.resume();
  await until("all messages", () => jun.messages().length === 500, 10_000);
  await jun.pong();
  expect(pongs).toBeLessThan(100);
});
