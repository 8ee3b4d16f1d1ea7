import { expect } from "vitest";
import { rule, type Version, withBareBroker } from "./bare-broker.ts";
import { bodies, FROM_1_1, fatal, heard, listen, naming, say, somewhere, VERSIONS } from "./exchange.ts";
import type { RawPeer } from "./raw-peer.ts";

withBareBroker();

function receipts(peer: RawPeer): string[] {
  return peer.frames.flatMap(({ command, headers }) => (command === "RECEIPT" ? [headers["receipt-id"] ?? ""] : []));
}

/** A queue with two messages, both handed to this peer's subscription `q`. */
async function withTwoMessages(peer: RawPeer, version: Version): Promise<[ack: string, nack: string]> {
  const queue = somewhere("queue");
  await listen(peer, queue, "q", "ack:client\n");
  await say(peer, queue, "one", "two");
  const [one, two] = heard(peer);
  if (!one || !two) throw new Error("Two messages were to come.");
  return [naming(one, version), naming(two, version)];
}

rule("C59", async ({ connect }) => {
  for (const version of VERSIONS) {
    const peer = await connect(version);
    const [ack, nack] = await withTwoMessages(peer, version);
    const topic = somewhere("topic");
    const before = receipts(peer).length;
    const asked = [
      `SUBSCRIBE\nid:t\ndestination:${topic}\n`,
      `SEND\ndestination:${topic}\n`,
      "UNSUBSCRIBE\nid:t\n",
      `ACK\n${ack}`,
      ...(version === "1.0" ? [] : [`NACK\n${nack}`]),
      "BEGIN\ntransaction:a\n",
      `SEND\ndestination:${topic}\ntransaction:a\n`,
      "COMMIT\ntransaction:a\n",
      "BEGIN\ntransaction:b\n",
      "ABORT\ntransaction:b\n",
    ];
    peer.send(...asked.map((frame, index) => `${frame}receipt:r${index}\n\n`));
    // The same without asking: silence.
    peer.send(`SEND\ndestination:${topic}\n\n`, "BEGIN\ntransaction:c\n\n", "ABORT\ntransaction:c\n\n");
    await peer.settled();
    expect(receipts(peer).slice(before, -1), version).toEqual(asked.map((_, index) => `r${index}`));
  }
});

rule("C60", async ({ connect }) => {
  const odd = [" r 1 ", "R:1", "영수증 #1", "ü/?&=%20", "r".repeat(1_000)];
  for (const version of VERSIONS)
    for (const receipt of odd) {
      const peer = await connect(version);
      const escaped = version === "1.0" ? receipt : receipt.replaceAll(":", "\\c");
      peer.send(`SEND\ndestination:/topic/a\nreceipt:${escaped}\n\n`);
      expect((await peer.find("RECEIPT")).headers["receipt-id"], version).toBe(escaped);
    }
});

rule("C61", async ({ connect }) => {
  for (const version of FROM_1_1) {
    const topic = somewhere("topic");
    const [mina, jun] = [await connect(version), await connect(version)];
    // Whoever has the RECEIPT of SUBSCRIBE misses nothing that is sent from then on.
    await listen(jun, topic, "a");
    await say(mina, topic, "hello");
    // Whoever has the RECEIPT of SEND knows that it is on its way to everybody who listens: one's own MESSAGE stands before it.
    await listen(mina, topic, "a");
    mina.rest();
    await say(mina, topic, "again");
    expect(mina.frames.slice(-2).map(({ command }) => command)).toEqual(["MESSAGE", "RECEIPT"]);
    expect(await bodies(jun)).toEqual(["hello", "again"]);
    // What could not be processed has none.
    mina.send("SEND\ndestination:/elsewhere/a\nreceipt:r\n\n");
    await fatal(mina);
    expect(receipts(mina)).not.toContain("r");
  }
});

rule("C62", async ({ connect, carrier }) => {
  for (const version of VERSIONS) {
    const [mina, jun] = [await connect(version), await connect(version)];
    const topic = somewhere("topic");
    await listen(jun, topic, "a");
    // Much is still on its way to 준 when the goodbye is said.
    const long = "가".repeat(300_000);
    for (let times = 0; times < 5; times++) mina.send(`SEND\ndestination:${topic}\n\n${long}`);
    await mina.settled();
    jun.send("DISCONNECT\nreceipt:bye\n\n");
    const code = await jun.end();
    expect(heard(jun)).toHaveLength(5);
    expect(jun.frames.at(-1)).toMatchObject({ command: "RECEIPT", headers: { "receipt-id": "bye" } });
    if (carrier === "websocket") expect(code).toBe(1000);
  }
});

rule("C63", async ({ connect, carrier }) => {
  for (const version of VERSIONS) {
    const peer = await connect(version);
    peer.send("DISCONNECT\n\n");
    const code = await peer.end();
    expect(peer.frames.map(({ command }) => command)).toEqual(["CONNECTED"]);
    if (carrier === "websocket") expect(code).toBe(1000);
  }
});

rule("C64", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const jun = await connect(version);
    await listen(jun, topic, "a");
    const mina = await connect(version);
    const send = (body: string) => `SEND\ndestination:${topic}\nreceipt:${body}\n\n${body}`;
    mina.send(send("before"), "DISCONNECT\nreceipt:bye\n\n", send("after"), "NONSENSE\n\n");
    mina.send(send("later"));
    await mina.end();
    expect(mina.frames.map(({ command }) => command)).toEqual(["CONNECTED", "RECEIPT", "RECEIPT"]);
    expect(await bodies(jun)).toEqual(["before"]);
  }
});

rule("C65", async ({ connect, open }) => {
  const failing = [
    "SEND\n",
    "SEND\ndestination:/elsewhere/a\n",
    "SUBSCRIBE\nid:a\n",
    "SUBSCRIBE\nid:a\ndestination:/topic/a\nack:never\n",
    "UNSUBSCRIBE\nid:unknown\n",
    "ACK\nid:1.unknown\nmessage-id:unknown\nsubscription:a\n",
    "BEGIN\n",
    "COMMIT\ntransaction:unknown\n",
    "NONSENSE\n",
  ];
  for (const version of VERSIONS)
    for (const frame of failing) {
      const peer = await connect(version);
      peer.send(`SEND\ndestination:/topic/a\nreceipt:fine\n\n`, `${frame}receipt:r1\n\n`);
      const error = await fatal(peer);
      expect(error.headers["receipt-id"], frame).toBe("r1");
      expect(receipts(peer)).toEqual(["fine"]);
    }
  // Broken frames too, as far as the receipt was read.
  const broken = await connect();
  broken.send("SEND\nreceipt:r2\ndestination:/topic/a\nno colon\n\n");
  expect((await fatal(broken)).headers["receipt-id"]).toBe("r2");
  const early = await open();
  early.send("SEND\ndestination:/topic/a\nreceipt:r3\n\n");
  expect((await fatal(early)).headers["receipt-id"]).toBe("r3");
  // Who asked for none is told of none.
  const plain = await connect();
  plain.send("SEND\n\n");
  expect((await fatal(plain)).headers).not.toHaveProperty("receipt-id");
});

rule(
  "C66",
  async ({ connect }) => {
    for (const version of VERSIONS) {
      const topic = somewhere("topic");
      const peer = await connect(version);
      const frames = Array.from(
        { length: 200 },
        (_, index) => `SEND\ndestination:${topic}\nreceipt:${index}\n\n${index}`,
      );
      peer.send(
        `SUBSCRIBE\nid:a\ndestination:${topic}\nreceipt:in\n\n`,
        ...frames,
        "UNSUBSCRIBE\nid:a\nreceipt:out\n\n",
        "DISCONNECT\nreceipt:bye\n\n",
      );
      await peer.end();
      expect(receipts(peer)).toEqual(["in", ...frames.keys().map(String), "out", "bye"]);
      expect(heard(peer)).toHaveLength(200);
    }
  },
  { on: ["websocket", "tcp"] },
);
