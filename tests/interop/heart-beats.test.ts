import { afterAll, beforeAll, expect, test } from "vitest";
import { open } from "#tests/conformance/raw-peer.ts";
import { until } from "#tests/support/until.ts";
import { withBareBroker } from "./bare-broker.ts";
import type { Connected } from "./client.ts";
import { CLIENTS } from "./clients.ts";

/** Milliseconds. After three of silence the server lets go. */
const BEAT = 1_000;
const LONG_ENOUGH = 6;

const { connections, address } = withBareBroker({ heartBeat: BEAT });
const beating = CLIENTS.filter(({ lacks = [] }) => !lacks.includes("heart-beat"));
const connected: Connected[] = [];

beforeAll(async () => {
  const { url, port, login, passcode } = address();
  const topic = (index: number) => `/topic/beats-${index}`;
  for (const [index, client] of beating.entries()) {
    const mina = await client.connect({ ...address(), heartBeat: BEAT });
    connected.push(mina);
    await mina.subscribe("s", topic(index), "auto");
  }
  // What the server sends to somebody else is this test's clock. He sends nothing himself, as he said.
  const jun = await open("tcp", { websocket: url, tcp: port });
  jun.send(`CONNECT\naccept-version:1.2\nhost:h\nlogin:${login}\npasscode:${passcode}\nheart-beat:0,${BEAT}\n\n`);
  await until("some heart-beats", () => jun.heartBeats >= LONG_ENOUGH, 40_000);
  expect(connections()).toBe(beating.length + 1);
  jun.cut();
});

afterAll(() => {
  for (const mina of connected) mina.end();
});

for (const [index, { name }] of beating.entries()) {
  test(`${name} and the server keep 미나, who says nothing, connected by heart-beats`, async () => {
    const mina = connected[index] as Connected;
    await mina.send(`/topic/beats-${index}`, Buffer.from("still here"));
    expect(String(await mina.receive())).toBe("still here");
  });
}
