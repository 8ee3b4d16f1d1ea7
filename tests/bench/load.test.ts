import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { broker } from "#bench/contenders/programs.ts";
import { readFrames } from "#bench/load/frames.ts";
import { startGenerator } from "#bench/load/generator.ts";
import type { Target } from "#bench/load/orders.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test("what 미나 posts is counted once for each who listens in its room, and in order", async () => {
  const target = await brokerWith(2);
  const generator = generate();
  await generator.open({ target, subscribers: 10, publishers: 2, subscriptions: 1, heartBeat: 0 });
  const published = await generator.publish({ rate: 200, seconds: 0.2, patience: 20, receipts: false, polls: true });
  expect(published.sent).toBe(40);
  expect(published.expected).toBe(200);
  expect(published).toMatchObject({ delivered: 200, disordered: 0, closed: 0 });
});

test("a RECEIPT that 준 waits for is counted instead, when nobody listens", async () => {
  const target = await brokerWith(1);
  const generator = generate();
  await generator.open({ target, subscribers: 0, publishers: 1, subscriptions: 0, heartBeat: 0 });
  const { sent, delivered } = await generator.publish({
    inFlight: 4,
    seconds: 0.1,
    patience: 20,
    receipts: true,
    polls: false,
  });
  expect(sent).toBeGreaterThan(4);
  expect(delivered).toBe(sent);
});

test("what 준 never got is missed, and what he got too late is out of order", async () => {
  const target: Target = {
    ...{ port: await forgetful(), path: "/", dialect: "stomp", rooms: ["개발"] },
    ...{ subscribe: ["/topic/%room"], send: "/topic/%room" },
  };
  const generator = generate();
  await generator.open({ target, subscribers: 1, publishers: 1, subscriptions: 1, heartBeat: 0 });
  const published = await generator.publish({ rate: 150, seconds: 0.2, patience: 0.2, receipts: false, polls: true });
  expect(published).toMatchObject({ sent: 30, expected: 30, delivered: 20, disordered: 10 });
});

test("frames that 준 gets in pieces are those that came whole, wherever they were cut", () => {
  const lengths = [3, 125, 126, 300, 70_000];
  const stream = Buffer.concat(lengths.map(frameOf));
  for (let cut = 0; cut <= 600; cut++) {
    const seen: number[] = [];
    const heard = (_: number, start: number, end: number) => seen.push(end - start);
    const taken = readFrames(stream.subarray(0, cut), cut, heard);
    const rest = stream.subarray(taken);
    expect(readFrames(rest, rest.length, heard)).toBe(rest.length);
    expect(seen).toEqual(lengths);
  }
});

function generate() {
  const generator = startGenerator();
  closing.push(generator.close);
  return generator;
}

async function brokerWith(rooms: number): Promise<Target> {
  const { target, stop } = await broker.start({ rooms });
  closing.push(stop);
  return target;
}

/** Gives the one who listens two of three messages, and those in the wrong order. */
async function forgetful(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  closing.push(() => server.close());
  const bodies: string[] = [];
  let listener: { send(text: string): void };
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      const frame = String(data);
      if (frame.startsWith("CONNECT")) socket.send("CONNECTED\nversion:1.2\n\n\0");
      if (frame.startsWith("SUBSCRIBE")) {
        listener = socket;
        socket.send("RECEIPT\nreceipt-id:0\n\n\0");
      }
      if (!frame.startsWith("SEND")) return;
      bodies.push(frame.slice(frame.indexOf("\n\n") + 2));
      if (bodies.length < 3) return;
      const [first, second] = bodies.splice(0);
      for (const body of [second, first]) listener.send(`MESSAGE\nsubscription:0\n\n${body}`);
    }),
  );
  return (server.address() as AddressInfo).port;
}

function frameOf(length: number): Buffer {
  const payload = Buffer.alloc(length, 7);
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}
