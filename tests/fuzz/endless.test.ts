import { expect, test } from "vitest";
import { FuzzedEndpoint, settle } from "./endpoint.ts";
import { LIMITS } from "./reference.ts";

const CHUNK = 100;
const CONNECT = "CONNECT\naccept-version:1.2\n\n\0";
const SEND = "SEND\ndestination:/topic/t\n";
/** What is begun, and what then comes for ever; and how many bytes may be taken before it is cut off. */
const ENDLESS = {
  "a command": ["", "C", LIMITS.maxHeaderBytes],
  "a header line of who has not said who they are": ["CONNECT\na:", "x", LIMITS.maxHeaderBytes],
  "headers of who has not said who they are": ["CONNECT\n", "a:1\n", LIMITS.maxFrameBytesBeforeConnect],
  "a body without a length": [`${CONNECT}${SEND}\n`, "body ", LIMITS.maxFrameBytes],
  "a body that was said to be huge": [`${CONNECT}${SEND}content-length:999999999\n\n`, "b", CHUNK],
  "a transaction": [`${CONNECT}BEGIN\ntransaction:t\n\n\0`, `${SEND}transaction:t\n\n${"x".repeat(900)}\0`, 32_768],
  "subscriptions under new ids": [CONNECT, "SUBSCRIBE\nid:#\ndestination:/topic/t\n\n\0", 1_000],
  "new transactions": [CONNECT, "BEGIN\ntransaction:#\n\n\0", 1_000],
  "messages to a queue that nobody reads": [CONNECT, "SEND\ndestination:/queue/t\n\n123456789\0", 10_000],
  "a topic that 준 reads without acknowledging": [
    `${CONNECT}SUBSCRIBE\nid:1\ndestination:/topic/t\nack:client\n\n\0`,
    `${SEND}\n123456789\0`,
    2_000,
  ],
} as const;

for (const [what, [begun, more, most]] of Object.entries(ENDLESS)) {
  test(`${what} without an end is cut off, and nothing of 준's stays`, async () => {
    const endpoint = new FuzzedEndpoint();
    const { socket } = endpoint.call();
    socket.arrive(Buffer.from(begun));
    await settle();
    let taken = 0;
    for (let count = 0; !socket.ended && taken < 1_000_000; count++) {
      const chunk = Buffer.from(more.replace("#", String(count)).repeat(Math.ceil(CHUNK / more.length)));
      const frames = more.includes("#") ? Buffer.from(more.replace("#", String(count))) : chunk;
      socket.arrive(frames);
      taken += frames.length;
      await settle();
    }
    expect(taken).toBeLessThanOrEqual(most + CHUNK + more.length);
    socket.destroy();
    await settle();
    expect(endpoint.gateway.stats()).toEqual({ connections: 0, people: 0, subscriptions: 0 });
    // A timer left over would hold all of it until its time. Only who 준 was is remembered, for a second, with what he has left of his budgets.
    for (let tenths = 0; tenths < 20; tenths++) endpoint.tick?.();
    expect(endpoint.tick).toBeUndefined();
  });
}

test("what 준 sends while his CONNECT is looked at waits at his side, apart from little", async () => {
  const endpoint = new FuzzedEndpoint({ connect: () => new Promise(() => {}) });
  const { socket } = endpoint.call();
  socket.arrive(Buffer.from(CONNECT));
  for (let count = 0; count < 1_000; count++) {
    socket.arrive(Buffer.from(`${SEND}\n${"x".repeat(CHUNK)}\0`));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(socket.isPaused()).toBe(true);
  expect(socket.bytesRead - socket.readableLength).toBeLessThan(LIMITS.maxFrameBytesBeforeConnect + 2 * (CHUNK + 40));
  socket.destroy();
});
