import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { until } from "#tests/support/until.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, subscribe } from "./peer.ts";

const MiB = 1024 * 1024;
/** Lengths on both sides of every boundary of a WebSocket frame's header, and of what a socket takes at once. */
const LENGTHS = [1, 100, 125, 126, 127, 1_000, 60_000, 65_535, 65_536, 70_000, 80_000];

let endpoint: Endpoint;
afterEach(() => endpoint.close());

test("frames written past ws arrive whole and in order, among pings, pongs and a reader who pauses", async () => {
  endpoint = await openEndpoint({
    closeHighWater: 100 * MiB,
    stallTimeout: 60_000,
    heartBeat: { send: 0, receive: 500 },
  });
  const jun = await connect(endpoint.url, "jun");
  await subscribe(jun, "/topic/a");
  const pings: number[] = [];
  jun.ws.on("ping", () => pings.push(jun.messages().length));
  const sent: string[] = [];
  for (let round = 0; round < 60; round++) {
    if (round === 20) jun.ws.pause();
    if (round === 40) jun.ws.resume();
    for (const length of LENGTHS) {
      const body = `${sent.length} ${"x".repeat(length)}`;
      sent.push(body);
      endpoint.gateway.publish("/topic/a", { destination: "/topic/a", headers: {}, body });
    }
    // ws writes by itself, too: the answer to this ping, and its own pings.
    if (round < 20 || round >= 40) jun.ws.ping();
    await new Promise(setImmediate);
  }
  await until("everything that was published", () => jun.messages().length === sent.length, 20_000);
  expect(jun.messages().map(({ body }) => body === sent[Number(body.split(" ", 1)[0])])).not.toContain(false);
  expect(jun.messages().map(({ body }) => Number(body.split(" ", 1)[0]))).toEqual(sent.map((_, index) => index));
  await until("a ping of the server", () => pings.length > 0);
  jun.ws.close();
  expect(await jun.end()).toBe(1005);
});

test("what is Unicode travels as text, what is not as binary, however much of it", async () => {
  endpoint = await openEndpoint();
  const jun = await connect(endpoint.url, "jun");
  await subscribe(jun, "/topic/a");
  const bodies = [
    Buffer.from("한글"),
    Buffer.from([0xff, 0xfe]),
    Buffer.alloc(70_000, 0xff),
    Buffer.from("가".repeat(30_000)),
  ];
  for (const body of bodies) endpoint.gateway.publish("/topic/a", { destination: "/topic/a", headers: {}, body });
  await until("all of them", () => jun.messages().length === bodies.length);
  const messages = jun.raw.filter(({ data }) => data.toString().startsWith("MESSAGE"));
  expect(messages.map(({ isBinary }) => isBinary)).toEqual([false, true, true, false]);
});

test("a client that asks for compression gets none, because frames are written past ws", async () => {
  endpoint = await openEndpoint();
  const ws = new WebSocket(endpoint.url, ["v12.stomp"], { perMessageDeflate: true });
  await new Promise((resolve) => ws.once("open", resolve));
  expect(ws.extensions).toBe("");
  ws.close();
});
