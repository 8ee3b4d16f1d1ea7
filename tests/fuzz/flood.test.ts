import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { open, type RawPeer } from "#tests/conformance/raw-peer.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";
import { compose } from "./compose.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLIENTS = 500;
const MESSAGES = 40;
const MiB = 1024 * 1024;
const MAX_FRAME = 256 * 1024;

const CONNECT = "CONNECT\naccept-version:1.2\nhost:h\n\n\0";
const SEND = "SEND\ndestination:/topic/flood\n";
/** Said once, and then for as long as the server listens. */
const FLOODS: readonly (readonly [string, string])[] = [
  ["CONNECT\n", `${"a:1\n".repeat(1_000)}`],
  ["", "C".repeat(10_000)],
  [`${CONNECT}${SEND}\n`, "a body without an end ".repeat(1_000)],
  [`${CONNECT}BEGIN\ntransaction:t\n\n\0`, `${SEND}transaction:t\n\n${"x".repeat(60_000)}\0`],
  [
    `${CONNECT}SUBSCRIBE\nid:1\ndestination:/topic/flood\nack:client\n\n\0`,
    `${SEND}\n${"y".repeat(20_000)}\0`.repeat(4),
  ],
  [CONNECT, `${SEND}\n${"z".repeat(2_000)}\0`.repeat(20)],
];

let broker: ChildProcess;
let tcp: number;
let websocket: string;

beforeAll(async () => {
  const [wsPort, tcpPort] = [await freePort(), await freePort()];
  const ports = ["--ws-port", String(wsPort), "--tcp-port", String(tcpPort)];
  const args = [
    "server/cli/main.ts",
    "broker",
    "--insecure-anonymous",
    ...ports,
    "--max-frame-bytes",
    String(MAX_FRAME),
  ];
  broker = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  await once(broker.stdout!, "data");
  tcp = tcpPort;
  websocket = `ws://127.0.0.1:${wsPort}/ws`;
});

afterAll(async () => {
  broker.kill();
  await once(broker, "exit");
});

test("미나 and 499 others miss nothing, and memory stays flat, while 준 floods the broker with whatever he likes", async () => {
  const others = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => reader(index)));
  const mina = await open("tcp", { websocket, tcp });
  mina.send("CONNECT\naccept-version:1.2\nhost:h\n\n");
  await mina.find("CONNECTED");
  const random = new Random(1);
  let said = 0;
  const round = async () => {
    const sleeper = await sleep();
    const attacks = [...FLOODS.map((flood) => drown(flood)), ...Array.from({ length: 100 }, () => babble(random))];
    for (let count = 0; count < MESSAGES / 4; count++) {
      said += 1;
      mina.send(`SEND\ndestination:/topic/room\nreceipt:${said}\n\n${said}`);
      expect((await mina.find("RECEIPT", 30_000)).headers["receipt-id"]).toBe(String(said));
    }
    await Promise.all(attacks);
    sleeper.destroy();
  };

  for (let rounds = 0; rounds < 4; rounds++) await round();
  const warm = memoryOf(broker);
  for (let rounds = 0; rounds < 5; rounds++) await round();
  const expected = Array.from({ length: said }, (_, index) => String(index + 1));
  for (const other of others) {
    await until("all of 미나's messages", () => other.frames.length > said, 30_000);
    expect(other.frames.slice(1).map(({ body }) => String(body))).toEqual(expected);
    expect(other.closed).toBeUndefined();
  }
  // Each round has brought 100 MiB and more. What was not collected yet comes and goes; what is kept would add up.
  expect(memoryOf(broker) - warm).toBeLessThan(100 * MiB);
  expect(broker.exitCode).toBeNull();
  for (const peer of [mina, ...others]) peer.cut();
}, 300_000);

/** One of those who only read; every second over WebSocket. */
async function reader(index: number): Promise<RawPeer> {
  const peer = await open(index % 2 ? "tcp" : "websocket", { websocket, tcp });
  peer.send("CONNECT\naccept-version:1.2\nhost:h\n\n", "SUBSCRIBE\nid:s\ndestination:/topic/room\nreceipt:in\n\n");
  await until("the SUBSCRIBE", () => peer.frames.length === 2, 30_000);
  // Only messages are of interest from here on; the CONNECTED stands for what came before.
  peer.frames.splice(1);
  return peer;
}

/** Writes until the server has closed the connection, or has taken 30 MiB. */
async function drown([begun, more]: readonly [string, string]): Promise<void> {
  const socket = await dial();
  socket.write(begun);
  const chunk = Buffer.from(more);
  const closed = once(socket, "close").catch(() => {});
  for (let written = 0; written < 30 * MiB && !socket.destroyed; written += chunk.length)
    if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), closed]).catch(() => {});
  socket.destroy();
}

/** Subscribes to what is flooded, and reads nothing of it. */
async function sleep(): Promise<Socket> {
  const socket = await dial();
  socket.pause();
  socket.write(`${CONNECT}SUBSCRIBE\nid:1\ndestination:/topic/flood\n\n\0`);
  return socket;
}

/** Says one thing that is spoiled, and leaves when the server has answered or closed. */
async function babble(random: Random): Promise<void> {
  const socket = await dial();
  socket.write(mutate(random, mutate(random, compose(random, `x${random.below(1e9)}`))));
  socket.end();
  if (!socket.destroyed) await once(socket, "close").catch(() => {});
}

async function dial(): Promise<Socket> {
  const socket = connect(tcp, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  await Promise.race([once(socket, "connect"), once(socket, "close")]).catch(() => {});
  return socket;
}

/** Bytes that are resident. */
function memoryOf({ pid }: ChildProcess): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}
