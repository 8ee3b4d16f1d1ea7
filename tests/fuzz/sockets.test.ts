import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareBroker, openBareBroker } from "#server/broker-main.ts";
import { type Carrier, open, type RawPeer } from "#tests/conformance/raw-peer.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";
import { compose } from "./compose.ts";
import { FuzzedEndpoint, MOST_SUBSCRIPTIONS, settle } from "./endpoint.ts";
import { cut, mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { LIMITS } from "./reference.ts";

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const INPUTS = Math.min(Number(process.env.FUZZ_INPUTS ?? 500), 500);

let broker: BareBroker;
const errors: object[] = [];

beforeAll(async () => {
  broker = await openBareBroker({
    host: "127.0.0.1",
    wsPort: await freePort(),
    wsPath: "/ws",
    tcpPort: await freePort(),
    passcode: undefined,
    maxFrameBytes: LIMITS.maxFrameBytes,
    limits: { ...LIMITS, maxSubscriptions: MOST_SUBSCRIPTIONS },
    log: { error: (details) => errors.push(details), debug() {} },
  });
});

afterAll(() => broker.close());

for (const carrier of ["tcp", "websocket"] as const)
  test(`over ${carrier} 준's spoiled input is answered as it is without a network`, async () => {
    for (let index = 0; index < INPUTS; index++) await compare(carrier, SEED + index);
    expect(errors).toEqual([]);
    await until("the broker to have let go", () => broker.gateway.stats().connections === 0);
  }, 120_000);

async function compare(carrier: Carrier, seed: number): Promise<void> {
  const random = new Random(seed);
  // Queues outlive their clients, so their names must not come again on the other carrier.
  const input = mutate(random, compose(random, `x${carrier}${seed}`));
  const expected = await withoutNetwork(input);
  const [websocket = "", tcp = ""] = broker.addresses;
  const peer = await open(carrier, { websocket, tcp: Number(tcp.split(":").at(-1)) });
  for (const piece of cut(random, input)) peer.bytes(piece, "binary");
  const isOver = () =>
    outline(peer).length >= expected.answers.length && (peer.closed !== undefined) === expected.closed;
  await until("the answers", isOver).catch(() => {});
  const hint = `FUZZ_SEED=${seed} FUZZ_INPUTS=1: ${JSON.stringify(String(input))}`;
  expect({ answers: outline(peer), closed: peer.closed !== undefined }, hint).toEqual(expected);
  peer.cut();
}

async function withoutNetwork(input: Buffer): Promise<{ answers: string[]; closed: boolean }> {
  // The real broker has ids that no input hits by guessing a small number.
  const { peer, socket } = new FuzzedEndpoint({}, "not-guessed-").call();
  socket.arrive(input);
  await settle();
  const closed = socket.ended;
  socket.destroy();
  return { answers: outline(peer), closed };
}

function outline({ frames }: RawPeer): string[] {
  return frames.map(({ command, headers, body }) => `${command} ${headers["receipt-id"] ?? headers.message ?? body}`);
}
