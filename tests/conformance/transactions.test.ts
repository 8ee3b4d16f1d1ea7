import { expect } from "vitest";
import { rule, type Version, withBareBroker } from "./bare-broker.ts";
import { bodies, FROM_1_1, fatal, heard, listen, naming, receipted, say, somewhere, VERSIONS } from "./exchange.ts";
import type { RawPeer, Seen } from "./raw-peer.ts";

withBareBroker({ queues: { messages: 5 } });

/** A SEND in the transaction `t`, answered. */
async function sayWithin(peer: RawPeer, destination: string, ...said: string[]): Promise<void> {
  for (const body of said) await receipted(peer, `SEND\ndestination:${destination}\ntransaction:t\n`, body);
}

/** A queue that has handed a peer these bodies. */
async function withQueue(peer: RawPeer, body: string): Promise<{ queue: string; messages: Seen[] }> {
  const queue = somewhere("queue");
  await listen(peer, queue, "q", "ack:client\n");
  await say(peer, queue, body);
  return { queue, messages: heard(peer) };
}

function named(messages: Seen[], index: number, version: Version): string {
  return naming(messages[index] as Seen, version);
}

rule("C88", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const command of ["BEGIN", "COMMIT", "ABORT"]) {
      const peer = await connect(version);
      if (command !== "BEGIN") await receipted(peer, "BEGIN\ntransaction:t\n");
      peer.send(`${command}\n\n`);
      await fatal(peer);
      const other = await connect(version);
      if (command !== "BEGIN") await receipted(other, "BEGIN\ntransaction:t\n");
      await receipted(other, `${command}\ntransaction:t\n`);
    }
});

rule("C89", async ({ connect }) => {
  for (const version of VERSIONS) {
    const peer = await connect(version);
    await receipted(peer, "BEGIN\ntransaction:t\n");
    await receipted(peer, "BEGIN\ntransaction:u\n");
    await receipted(peer, "COMMIT\ntransaction:t\n");
    await receipted(peer, "BEGIN\ntransaction:t\n");
    // Another connection's are its own.
    await receipted(await connect(version), "BEGIN\ntransaction:t\n");
    peer.send("BEGIN\ntransaction:t\n\n");
    await fatal(peer);
  }
});

rule("C90", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const kind of ["topic", "queue"] as const) {
      const destination = somewhere(kind);
      const [mina, jun, third] = [await connect(version), await connect(version), await connect(version)];
      await listen(jun, destination, "a");
      await receipted(mina, "BEGIN\ntransaction:t\n");
      await receipted(mina, "BEGIN\ntransaction:u\n");
      await sayWithin(mina, destination, "1", "2");
      await receipted(mina, `SEND\ndestination:${destination}\ntransaction:u\n`, "u");
      expect(await bodies(jun)).toEqual([]);
      await say(mina, destination, "outside");
      await sayWithin(mina, destination, "3");
      expect(await bodies(jun)).toEqual(["outside"]);
      // Nothing of anybody else comes between.
      mina.send("COMMIT\ntransaction:t\nreceipt:done\n\n");
      await say(third, destination, "third");
      await mina.settled();
      const order = (await bodies(jun)).slice(1);
      expect(order.filter((body) => body !== "third")).toEqual(["1", "2", "3"]);
      expect([0, 3]).toContain(order.indexOf("third"));
      await receipted(mina, "COMMIT\ntransaction:u\n");
      expect((await bodies(jun)).at(-1)).toBe("u");
      expect(heard(jun)[1]?.headers).not.toHaveProperty("transaction");
    }
  // All or nothing: what finds no room in the end takes everything with it.
  const [mina, jun] = [await connect(), await connect()];
  const [topic, queue] = [somewhere("topic"), somewhere("queue")];
  await listen(jun, topic, "a");
  const { queue: taken, messages } = await withQueue(mina, "unacknowledged");
  await say(mina, queue, "1", "2", "3");
  await receipted(mina, "BEGIN\ntransaction:t\n");
  await receipted(mina, `ACK\ntransaction:t\n${named(messages, 0, "1.2")}`);
  await sayWithin(mina, topic, "never");
  await sayWithin(mina, queue, "4", "5", "6");
  mina.send("COMMIT\ntransaction:t\n\n");
  expect((await fatal(mina)).headers.code).toBe("busy");
  await listen(jun, queue, "b");
  await listen(jun, taken, "c");
  expect(await bodies(jun)).toEqual(["1", "2", "3", "unacknowledged"]);
});

rule("C91", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const [mina, jun] = [await connect(version), await connect(version)];
    await listen(jun, topic, "a");
    await receipted(mina, "BEGIN\ntransaction:t\n");
    await sayWithin(mina, topic, "1", "2");
    await receipted(mina, "ABORT\ntransaction:t\n");
    // A new one of that name begins empty.
    await receipted(mina, "BEGIN\ntransaction:t\n");
    await sayWithin(mina, topic, "3");
    await receipted(mina, "COMMIT\ntransaction:t\n");
    expect(await bodies(jun)).toEqual(["3"]);
  }
});

rule("C92", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const jun = await connect(version);
    await listen(jun, topic, "a");
    for (const frame of ["COMMIT\n", "ABORT\n", `SEND\ndestination:${topic}\n`]) {
      const mina = await connect(version);
      await receipted(mina, "BEGIN\ntransaction:t\n");
      mina.send(`${frame}transaction:unknown\n\n`);
      await fatal(mina);
      // Once it is over it is unknown.
      for (const over of ["COMMIT", "ABORT"]) {
        const late = await connect(version);
        await receipted(late, "BEGIN\ntransaction:t\n");
        await receipted(late, `${over}\ntransaction:t\n`);
        late.send(`${frame}transaction:t\n\n`);
        await fatal(late);
      }
    }
    expect(await bodies(jun)).toEqual([]);
  }
});

rule("C93", async ({ connect }) => {
  for (const version of VERSIONS) {
    const mode = version === "1.0" ? "client" : "client-individual";
    const queue = somewhere("queue");
    const mina = await connect(version);
    await listen(mina, queue, "q", `ack:${mode}\n`);
    await say(mina, queue, "1", "2", "3");
    const messages = heard(mina);
    const settle = async (command: string, index: number, end: string) => {
      await receipted(mina, "BEGIN\ntransaction:t\n");
      await receipted(mina, `${command}\ntransaction:t\n${named(messages, index, version)}`);
      await receipted(mina, `${end}\ntransaction:t\n`);
    };
    await settle("ACK", 0, "COMMIT");
    await settle("ACK", 1, "ABORT");
    // Until it is committed nothing has happened.
    if (version !== "1.0") {
      await receipted(mina, "BEGIN\ntransaction:t\n");
      await receipted(mina, `NACK\ntransaction:t\n${named(messages, 2, version)}`);
      expect(await bodies(mina)).toEqual(["1", "2", "3"]);
      await receipted(mina, "COMMIT\ntransaction:t\n");
      expect(await bodies(mina)).toEqual(["1", "2", "3", "3"]);
    }
    await receipted(mina, "DISCONNECT\n");
    await mina.end();
    const jun = await connect(version);
    await listen(jun, queue, "a");
    expect(await bodies(jun)).toEqual(["2", "3"]);
  }
  for (const version of FROM_1_1) {
    // One ACK that names nothing takes the whole transaction with it.
    const [mina, jun] = [await connect(version), await connect(version)];
    const { queue, messages } = await withQueue(mina, "1");
    await listen(jun, queue, "a", "ack:client\n");
    await receipted(mina, "BEGIN\ntransaction:t\n");
    await sayWithin(mina, queue, "never");
    await receipted(mina, `ACK\ntransaction:t\n${named(messages, 0, version)}`);
    await receipted(mina, `ACK\n${named(messages, 0, version)}`);
    mina.send("COMMIT\ntransaction:t\n\n");
    await fatal(mina);
    expect(await bodies(jun)).toEqual([]);
  }
  for (const version of FROM_1_1) {
    // So does one whose message has gone to somebody else since.
    const [mina, jun] = [await connect(version), await connect(version)];
    const { queue, messages } = await withQueue(mina, "1");
    await listen(jun, queue, "a", "ack:client\n");
    await receipted(mina, "BEGIN\ntransaction:t\n");
    await sayWithin(mina, queue, "never");
    await receipted(mina, `ACK\ntransaction:t\n${named(messages, 0, version)}`);
    await receipted(mina, "UNSUBSCRIBE\nid:q\n");
    mina.send("COMMIT\ntransaction:t\n\n");
    await fatal(mina);
    expect(await bodies(jun)).toEqual(["1"]);
  }
});

rule("C94", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const goodbye of ["DISCONNECT", "cut"]) {
      const topic = somewhere("topic");
      const [mina, jun] = [await connect(version), await connect(version)];
      await listen(jun, topic, "a");
      const { queue, messages } = await withQueue(mina, "1");
      await receipted(mina, "BEGIN\ntransaction:t\n");
      await sayWithin(mina, topic, "never");
      await receipted(mina, `ACK\ntransaction:t\n${named(messages, 0, version)}`);
      if (goodbye === "cut") mina.cut();
      else mina.send("DISCONNECT\n\n");
      await mina.end();
      await listen(jun, queue, "b");
      await expect.poll(() => bodies(jun)).toEqual(["1"]);
    }
});
