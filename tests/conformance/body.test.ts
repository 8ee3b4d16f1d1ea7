import { expect } from "vitest";
import { rule, withBareBroker } from "./bare-broker.ts";
import { FROM_1_1, heard, somewhere, VERSIONS } from "./exchange.ts";
import { openListener, received, refused } from "./listening.ts";
import type { RawPeer } from "./raw-peer.ts";

const MAX_FRAME_BYTES = 100_000;
const LOGIN = "login:guest\npasscode:guest\n";

withBareBroker({ maxFrameBytes: MAX_FRAME_BYTES });

/** A SEND with this `content-length`, or none, and a body that ends where it ends. */
function send(peer: RawPeer, topic: string, body: string | Buffer, length?: number): void {
  const header = length === undefined ? "" : `content-length:${length}\n`;
  const head = Buffer.from(`SEND\ndestination:${topic}\n${header}\n`);
  peer.bytes(Buffer.concat([head, Buffer.from(body as string), Buffer.from([0])]));
}

rule(
  "C32",
  async (trial) => {
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    const peer = await trial.connect();
    const sent = ["한글 👋", "a\0b\0\0", "\0", Buffer.from([0xff, 0, 0xfe]), "SEND\n\nin\0SEND\n\n"].map((body) =>
      Buffer.from(body as string),
    );
    for (const body of sent) send(peer, topic, body, body.length);
    await received(listener, sent.length);
    const messages = heard(listener);
    expect(messages.map(({ body }) => Buffer.from(body))).toEqual(sent);
    expect(messages.map(({ headers }) => Number(headers["content-length"]))).toEqual(sent.map(({ length }) => length));
    for (const { lines } of messages) expect(lines.filter(([name]) => name === "content-length")).toHaveLength(1);
  },
  { versions: VERSIONS },
);

rule(
  "C33",
  async (trial) => {
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    for (const [body, length] of [
      ["hello", 4],
      ["한글", 2],
      ["hello\n", 5],
      ["", 0],
    ] as const) {
      const peer = await trial.connect();
      // Nothing but NUL can be there, also behind a body that is announced to be none.
      send(peer, topic, body === "" ? "x" : body, length);
      await refused(peer, listener);
    }
  },
  { versions: VERSIONS },
);

rule(
  "C34",
  async (trial) => {
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    const peer = await trial.connect();
    peer.send(
      `SEND\ndestination:${topic}\n\n한글\n\n`,
      `SEND\ndestination:${topic}\n\n`,
      `SEND\ndestination:${topic}\n\nb`,
    );
    expect(await received(listener, 3)).toEqual(["한글\n\n", "", "b"]);
    // Behind the NUL a frame begins, and this is none.
    send(peer, topic, "before\0after\n\n");
    expect(await received(listener, 4)).toEqual(["한글\n\n", "", "b", "before"]);
    const error = await peer.find("ERROR");
    expect(error.headers.message).toMatch(/\w/);
    await peer.end();
  },
  { versions: VERSIONS },
);

rule("C35", async ({ open }) => {
  const peer = await open();
  peer.send(`CONNECT\naccept-version:1.2\nhost:a\n${LOGIN}content-length:0\n\n`);
  expect((await peer.next()).command).toBe("CONNECTED");
  const topic = somewhere("topic");
  const frame = (command: string, headers: string) =>
    peer.send(`${command}\n${headers}content-length:0\nreceipt:${command}\n\n`);
  frame("SUBSCRIBE", `id:1\ndestination:${topic}\nack:client-individual\n`);
  await peer.find("RECEIPT");
  peer.send(`SEND\ndestination:${topic}\n\n`, `SEND\ndestination:${topic}\n\n`);
  const acks = [(await peer.next()).headers.ack, (await peer.next()).headers.ack];
  frame("ACK", `id:${acks[0]}\n`);
  frame("NACK", `id:${acks[1]}\n`);
  for (const command of ["BEGIN", "COMMIT", "BEGIN", "ABORT"]) frame(command, "transaction:t\n");
  frame("SEND", `destination:${topic}\n`);
  frame("UNSUBSCRIBE", "id:1\n");
  frame("DISCONNECT", "");
  await peer.end();
  const receipts = peer.rest().filter(({ command }) => command === "RECEIPT");
  expect(receipts.map(({ headers }) => headers["receipt-id"])).toEqual([
    "ACK",
    "NACK",
    "BEGIN",
    "COMMIT",
    "BEGIN",
    "ABORT",
    "SEND",
    "UNSUBSCRIBE",
    "DISCONNECT",
  ]);
});

rule(
  "C36",
  async (trial) => {
    const { connect } = trial;
    const lengths = [
      "-1",
      "many",
      "0x10",
      "1e3",
      "5.0",
      " 5",
      "5 ",
      "",
      "+5",
      "٥",
      "9".repeat(30),
      `${MAX_FRAME_BYTES}`,
    ];
    for (const length of lengths) {
      const peer = await connect();
      // Not one octet of the body is needed to know.
      peer.bytes(`SEND\ndestination:${somewhere("topic")}\ncontent-length:${length}\n\n`);
      await refused(peer);
    }
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    const longest = "x".repeat(MAX_FRAME_BYTES - 200);
    send(await connect(), topic, longest, longest.length);
    expect(await received(listener, 1)).toEqual([longest]);
  },
  { versions: VERSIONS },
);

rule(
  "C37",
  async ({ open, connect, version }) => {
    const topic = somewhere("topic");
    for (const head of [
      `SUBSCRIBE\nid:1\ndestination:${topic}\n`,
      "UNSUBSCRIBE\nid:0\n",
      "ACK\nid:1\nmessage-id:1\nsubscription:0\n",
      "NACK\nid:1\nmessage-id:1\nsubscription:0\n",
      "BEGIN\ntransaction:t\n",
      "COMMIT\ntransaction:t\n",
      "ABORT\ntransaction:t\n",
      "DISCONNECT\n",
    ])
      for (const length of ["", "content-length:4\n"]) {
        const peer = await connect();
        peer.send(`SUBSCRIBE\nid:0\ndestination:${topic}\n\n`);
        peer.send(`${head}${length}receipt:r\n\nbody`);
        expect((await refused(peer)).headers.message).toContain("body");
      }
    const peer = await open();
    peer.send(`CONNECT\naccept-version:${version}\nhost:a\n${LOGIN}\nbody`);
    await refused(peer);
  },
  { versions: FROM_1_1 },
);

rule(
  "C37",
  async ({ connect }) => {
    // 1.0 does not say so, and its clients were seen to send a line end there.
    const peer = await connect();
    peer.send(`SUBSCRIBE\ndestination:${somewhere("topic")}\nreceipt:r\n\nbody`);
    expect(await peer.next()).toMatchObject({ command: "RECEIPT", headers: { "receipt-id": "r" } });
  },
  { versions: ["1.0"] },
);

rule(
  "C38",
  async (trial) => {
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    const peer = await trial.connect();
    send(peer, topic, "한글");
    peer.send(`SEND\ndestination:${topic}\ncontent-type:text/plain;charset=utf-8\n\n한`);
    const lengthAndType = ({ headers }: { headers: Record<string, string> }) => [
      headers["content-length"],
      headers["content-type"],
    ];
    await received(listener, 2);
    const messages = heard(listener);
    expect(messages.map(lengthAndType)).toEqual([
      ["6", "application/octet-stream"],
      ["3", "text/plain;charset=utf-8"],
    ]);
    peer.send("NONSENSE\n\n");
    const error = await refused(peer);
    expect(error.body.length).toBeGreaterThan(0);
    expect(lengthAndType(error)).toEqual([`${error.body.length}`, "text/plain"]);
  },
  { versions: VERSIONS },
);
