import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import { upgradeRequest } from "#tests/support/raw-http.ts";
import { connectAs } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import { openWire, type Wire } from "#tests/support/wire.ts";
import { descriptorsOf, memoryOf } from "./process-figures.ts";
import { openScene, type Scene } from "./scene.ts";

const EACH = 150;
const SECOND = 1_000;
const CLOSED_WITHIN = 10 * SECOND;
/** What a busy machine adds. */
const LATE = 2 * SECOND;
const MOST_GROWTH = 40 * 1024 * 1024;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.end());

test("F14 준's frame of 65,537 bytes is an ERROR that says too-long, and 1009; one of 65,536 is looked at", async () => {
  const { server, jun, room } = scene;
  const wire = await connectAs(server, jun);
  const headers = { destination: roomVerb(room.id, "post"), receipt: "r" };
  const around = `SEND\ndestination:${headers.destination}\nreceipt:r\n\n`.length + 1;
  wire.send("SUBSCRIBE", { id: "refusals", destination: "/user/queue/refusals" });
  wire.send("SEND", headers, "x".repeat(65_536 - around));
  expect((await wire.frame("MESSAGE", { "receipt-id": "r" })).headers.code).toBe("too-long");
  wire.send("SEND", headers, "x".repeat(65_537 - around));
  expect((await wire.frame("ERROR")).headers).toMatchObject({ code: "too-long" });
  expect(await wire.closed).toBe(1009);
});

test(`F14 ${EACH} connections each without CONNECT, with one byte of it a second, with one byte of HTTP a second and with none at all are closed within 10 s, and cost next to nothing`, async () => {
  const { server } = scene;
  const [memory, descriptors] = [memoryOf(server.pid), descriptorsOf(server.pid)];
  const silent = await Promise.all(times(() => openWire(server.endpoint) as Promise<Wire>));
  const fragments = await Promise.all(times(() => openWire(server.endpoint) as Promise<Wire>));
  const raw = await Promise.all(times(() => dial(server.port)));
  const mute = await Promise.all(times(() => dial(server.port)));
  const began = performance.now();
  const request = upgradeRequest("/stomp", `localhost:${server.port}`);
  const trickle = drip((sent) => {
    for (const wire of fragments) wire.bytes("CONNECT\naccept-version:1.2\n"[sent] ?? "x");
    for (const socket of raw) if (socket.writable) socket.write(request[sent] ?? "x");
  });
  const took = new Map<string, number[]>();
  const timed = async <T>(kind: string, ending: Promise<T>): Promise<T> => {
    const end = await ending;
    took.set(kind, [...(took.get(kind) ?? []), performance.now() - began]);
    return end;
  };
  const endOf = async (wire: Wire) => ({ code: await wire.closed, error: wire.frames.at(-1)?.headers.code });
  const [codes, statuses] = await Promise.all([
    Promise.all([
      ...silent.map((wire) => timed("no CONNECT", endOf(wire))),
      ...fragments.map((wire) => timed("CONNECT in bytes", endOf(wire))),
    ]),
    Promise.all(raw.map((socket) => timed("HTTP in bytes", answerOf(socket)))),
    Promise.all(mute.map((socket) => timed("nothing", answerOf(socket)))),
  ]);
  trickle();
  for (const [kind, times] of took) {
    console.log(`F14: ${kind}: closed after ${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))} ms`);
    expect(Math.max(...times), kind).toBeLessThan(CLOSED_WITHIN + LATE);
  }
  for (const end of codes) expect(end).toEqual({ code: 1002, error: "malformed" });
  for (const answer of statuses) expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(memoryOf(server.pid) - memory).toBeLessThan(MOST_GROWTH);
  await until("the descriptors to be closed", () => descriptorsOf(server.pid) <= descriptors + 5);
});

const times = <T>(open: () => T) => Array.from({ length: EACH }, open);

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = "";
  socket.setEncoding("utf8").on("data", (text) => {
    answer += text;
  });
  if (!socket.destroyed) await once(socket, "close");
  return answer;
}

/** Calls once a second, with how often it has called before. */
function drip(one: (sent: number) => void): () => void {
  let sent = 0;
  const timer = setInterval(() => one(sent++), SECOND);
  return () => clearInterval(timer);
}
