import fc from "fast-check";
import { expect, test } from "vitest";
import { FuzzedEndpoint, settle } from "./endpoint.ts";

const SEED = process.env.FUZZ_SEED === undefined ? undefined : Number(process.env.FUZZ_SEED);
/** Streams in which nothing is wrong. The endpoint's ids are 1 for the session, then 2, 3, … for its messages, in order. */
const STREAMS = {
  "1.2": [
    "CONNECT\naccept-version:1.2\nhost:h\n\n\0",
    "\nSUBSCRIBE\nid:a\\cb\ndestination:/topic/말\nreceipt:in\n\n\0",
    "SEND\r\ndestination:/topic/말\r\nown:\\n\\r\\c\\\\ 🌙\r\nreceipt:one\r\n\r\n안녕\0\n\r\n",
    "SEND\ndestination:/queue/q\ncontent-length:5\n\na\0\0\nb\0\0",
    "SUBSCRIBE\nid:q\ndestination:/queue/q\nack:client\n\n\0BEGIN\ntransaction:t\n\n\0",
    "ACK\nid:2.3\ntransaction:t\nreceipt:acked\n\n\0COMMIT\ntransaction:t\nreceipt:done\n\n\0DISCONNECT\nreceipt:bye\n\n\0",
  ],
  "1.1": [
    "CONNECT\naccept-version:1.1\nhost:h\n\n\0SUBSCRIBE\nid:1\ndestination:/queue/q\nack:client-individual\n\n\0",
    "SEND\ndestination:/queue/q\nvalue: kept \\\\n\nreceipt:r\\c\n\n값\0",
    "NACK\nmessage-id:2\nsubscription:1\nrequeue:false\nreceipt:no\n\n\0UNSUBSCRIBE\nid:1\nreceipt:out\n\n\0",
  ],
  "1.0": [
    "CONNECT\n\n\0\nSUBSCRIBE\ndestination:/topic/t\nack:client\nreceipt:in\n\n\0",
    "SEND\ndestination:/topic/t\npath:C:\\new\n\nbody\0ACK\nmessage-id:2\nreceipt:ok\n\n\0DISCONNECT\n\n\0",
  ],
};

for (const [version, frames] of Object.entries(STREAMS)) {
  const stream = Buffer.from(frames.join(""));

  test(`준's ${version} stream is answered the same, whole and split at every byte`, async () => {
    const whole = await answer([stream]);
    expect(whole).not.toContain("ERROR\n");
    const asked = String(stream).match(/receipt:/g) ?? [];
    expect(whole.match(/(?<=\0\n?|^)RECEIPT\n/g)).toHaveLength(asked.length);
    for (let at = 1; at < stream.length; at++)
      expect(await answer([stream.subarray(0, at), stream.subarray(at)]), `split at ${at}`).toBe(whole);
    expect(await answer(Array.from(stream, (octet) => Buffer.of(octet)))).toBe(whole);
  });
}

test("준's short stream is answered the same, split at every two bytes", async () => {
  const stream = Buffer.from("STOMP\r\naccept-version:1.2\n\n\0\r\nBEGIN\r\nreceipt:\\c\\n한\r\ntransaction:t\n\n\0");
  const whole = await answer([stream]);
  expect(whole).toContain("RECEIPT\nreceipt-id:\\c\\n한\n");
  for (let one = 1; one < stream.length; one++)
    for (let two = one + 1; two < stream.length; two++) {
      const pieces = [stream.subarray(0, one), stream.subarray(one, two), stream.subarray(two)];
      expect(await answer(pieces), `split at ${one} and ${two}`).toBe(whole);
    }
});

/** What a client may say without any fault, whatever the order. Numbers tell subscriptions and transactions apart. */
type Word = (count: number) => string;
const word = fc.oneof(
  fc.record({ text: fc.string(), queue: fc.boolean() }).map(
    ({ text, queue }): Word =>
      () => {
        const body = Buffer.from(text);
        return `SEND\ndestination:/${queue ? "queue" : "topic"}/t\ncontent-length:${body.length}\n%\n${body}\0`;
      },
  ),
  fc.constantFrom("auto", "client", "client-individual").chain((ack) =>
    fc.constantFrom("queue", "topic").map((kind): Word => {
      return (count) => `SUBSCRIBE\nid:${count}\ndestination:/${kind}/t\nack:${ack}\n%\n\0`;
    }),
  ),
  fc.constantFrom<Word>((count) => {
    const name = `transaction:${count}\n`;
    return `BEGIN\n${name}\n\0SEND\ndestination:/topic/t\n${name}\nx\0${count % 2 ? "COMMIT" : "ABORT"}\n${name}%\n\0`;
  }),
);

test("whatever 준 says without fault is answered to the last RECEIPT, however it is cut", async () => {
  const version = fc.constantFrom("1.1", "1.2");
  // No more than 8 subscriptions and 16 messages unacknowledged: the endpoint's limits here.
  const words = fc.array(word, { maxLength: 8 });
  const property = fc.asyncProperty(
    version,
    words,
    fc.array(fc.nat(), { maxLength: 6 }),
    async (spoken, said, cuts) => {
      const frames = said.map((frame, count) => frame(count).replace("%", () => `receipt:${count}\n`));
      const stream = Buffer.from(`CONNECT\naccept-version:${spoken}\n\n\0${frames.join("")}`);
      const places = [0, ...cuts.map((at) => at % stream.length).sort((a, b) => a - b)];
      const pieces = places.map((from, index) => stream.subarray(from, places[index + 1] ?? stream.length));
      const answers = await answer(pieces);
      expect(answers).toBe(await answer([stream]));
      const receipts = [...answers.matchAll(/(?<=\0|^)RECEIPT\nreceipt-id:(.*)\n/g)].map(([, id]) => id);
      expect(receipts).toEqual(said.map((_, count) => String(count)));
      expect(answers).not.toMatch(/(?<=\0|^)ERROR\n/);
    },
  );
  await fc.assert(property, { numRuns: 2_000, ...(SEED !== undefined && { seed: SEED }) });
});

/** Everything a new endpoint says to these pieces. */
async function answer(pieces: readonly Buffer[]): Promise<string> {
  const endpoint = new FuzzedEndpoint();
  const { socket, heard } = endpoint.call();
  for (const piece of pieces) if (piece.length > 0 && !socket.ended) socket.arrive(piece);
  await settle();
  socket.destroy();
  expect(endpoint.errors).toEqual([]);
  return Buffer.concat(heard).toString("utf8");
}
