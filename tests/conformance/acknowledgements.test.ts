import { expect } from "vitest";
import { rule, type Trial, type Version, withBareBroker } from "./bare-broker.ts";
import {
  bodies,
  FROM_1_1,
  fatal,
  heard,
  listen,
  message,
  naming,
  receipted,
  say,
  somewhere,
  VERSIONS,
} from "./exchange.ts";
import type { RawPeer, Seen } from "./raw-peer.ts";

withBareBroker();

/** Somebody to whom a queue has handed these bodies, and who has not acknowledged any. */
async function withUnacknowledged(
  { connect }: Trial,
  version: Version,
  sent: string[],
  mode = "client-individual",
): Promise<{ peer: RawPeer; queue: string; messages: Seen[] }> {
  const queue = somewhere("queue");
  const peer = await connect(version);
  await listen(peer, queue, "a", `ack:${mode}\n`);
  await say(peer, queue, ...sent);
  return { peer, queue, messages: heard(peer) };
}

/** What a queue still has when a peer is gone: the bodies that somebody else is handed. */
async function left({ connect }: Trial, peer: RawPeer, queue: string): Promise<string[]> {
  const next = await connect("1.2");
  // 1.1, "DISCONNECT": whoever has its RECEIPT knows that everything before it was done.
  if (peer.closed === undefined) await receipted(peer, "DISCONNECT\n");
  await peer.end();
  await listen(next, queue, "a");
  return bodies(next);
}

function named(messages: Seen[], index: number, version: Version): string {
  return naming(messages[index] as Seen, version);
}

rule("C81", async (trial) => {
  const { peer, queue, messages } = await withUnacknowledged(trial, "1.2", ["one", "two", "three"]);
  await receipted(peer, `ACK\n${named(messages, 0, "1.2")}`);
  await receipted(peer, `ACK\nsubscription:another\nmessage-id:another\n${named(messages, 1, "1.2")}`);
  expect(await left(trial, peer, queue)).toEqual(["three"]);
  // What 1.1 wanted is not enough.
  const other = await withUnacknowledged(trial, "1.2", ["one"]);
  other.peer.send(`ACK\n${named(other.messages, 0, "1.1")}\n`);
  await fatal(other.peer);
  expect(await left(trial, other.peer, other.queue)).toEqual(["one"]);
});

rule("C82", async (trial) => {
  const newer = await withUnacknowledged(trial, "1.1", ["one", "two"]);
  await receipted(newer.peer, `ACK\n${named(newer.messages, 0, "1.1")}`);
  expect(await left(trial, newer.peer, newer.queue)).toEqual(["two"]);
  for (const part of ["message-id", "subscription"]) {
    const { peer, messages } = await withUnacknowledged(trial, "1.1", ["one"]);
    peer.send(`ACK\n${part}:${messages[0]?.headers[part]}\n\n`);
    await fatal(peer);
  }
  const older = await withUnacknowledged(trial, "1.0", ["one", "two"], "client");
  await receipted(older.peer, `ACK\n${named(older.messages, 0, "1.0")}`);
  expect(await left(trial, older.peer, older.queue)).toEqual(["two"]);
  const nothing = await withUnacknowledged(trial, "1.0", ["one"], "client");
  nothing.peer.send("ACK\n\n");
  await fatal(nothing.peer);
});

rule("C83", async (trial) => {
  for (const version of VERSIONS) {
    const { peer, queue, messages } = await withUnacknowledged(trial, version, ["1", "2", "3", "4"], "client");
    const another = somewhere("queue");
    await listen(peer, another, "b", "ack:client\n");
    await say(peer, another, "another's");
    await receipted(peer, `ACK\n${named(messages, 2, version)}`);
    expect(await left(trial, peer, queue)).toEqual(["4"]);
    expect(await left(trial, peer, another)).toEqual(["another's"]);
  }
});

rule("C84", async (trial) => {
  for (const version of FROM_1_1) {
    const { peer, queue, messages } = await withUnacknowledged(trial, version, ["1", "2", "3", "4"]);
    await receipted(peer, `ACK\n${named(messages, 2, version)}`);
    expect(await left(trial, peer, queue)).toEqual(["1", "2", "4"]);
  }
});

rule("C85", async (trial) => {
  for (const version of FROM_1_1)
    for (const [mode, expected] of [
      ["client", ["1", "2", "3"]],
      ["client-individual", ["3"]],
    ] as const) {
      const { peer, queue, messages } = await withUnacknowledged(trial, version, ["1", "2", "3", "4"], mode);
      const next = await trial.connect(version);
      await listen(next, queue, "a", "ack:client\nprefetch-count:3\n");
      // The first of them are for the one who has fewer: both take turns.
      await receipted(peer, `NACK\n${named(messages, 2, version)}`);
      const given = [...(await bodies(peer)).slice(4), ...(await bodies(next))];
      expect(given.sort(), mode).toEqual(expected);
      // One that is not to be tried again is gone.
      await receipted(peer, `NACK\nrequeue:false\n${named(messages, 3, version)}`);
      expect((await bodies(next)).includes("4")).toBe(false);
    }
  const old = await withUnacknowledged(trial, "1.0", ["1"], "client");
  old.peer.send(`NACK\n${named(old.messages, 0, "1.0")}\n`);
  await fatal(old.peer);
});

rule("C86", async (trial) => {
  for (const version of VERSIONS) {
    const { peer, queue, messages } = await withUnacknowledged(trial, version, ["1", "2", "3"], "client");
    const jun = await trial.connect(version);
    await listen(jun, queue, "j", "ack:client\n");
    await receipted(peer, `ACK\n${named(messages, 0, version)}`);
    expect(await bodies(jun)).toEqual([]);
    peer.cut();
    await message(jun);
    await message(jun);
    await say(jun, queue, "4");
    expect(heard(jun).map(({ body, headers }) => [body.toString(), headers.redelivered])).toEqual([
      ["2", "true"],
      ["3", "true"],
      ["4", undefined],
    ]);
    // They are his now: once he has acknowledged them nobody else gets them.
    await receipted(jun, `ACK\n${named(heard(jun), 2, version)}`);
    expect(await left(trial, jun, queue)).toEqual([]);
  }
  // With one subscription of a connection the others are gone as well, and a goodbye is no acknowledgement.
  const { peer, queue } = await withUnacknowledged(trial, "1.2", ["1", "2"], "client");
  await listen(peer, queue, "b");
  expect(await left(trial, peer, queue)).toEqual(["1", "2"]);
  expect(heard(peer)).toHaveLength(2);
  // So is what was unsubscribed.
  const quiet = await withUnacknowledged(trial, "1.2", ["1"], "client");
  await receipted(quiet.peer, "UNSUBSCRIBE\nid:a\n");
  expect(await left(trial, quiet.peer, quiet.queue)).toEqual(["1"]);
});

rule("C87", async (trial) => {
  for (const version of VERSIONS)
    for (const command of version === "1.0" ? ["ACK"] : ["ACK", "NACK"]) {
      const trouble: ((messages: Seen[]) => string)[] = [
        () => "id:unknown\nmessage-id:unknown\nsubscription:a\n",
        () => "id:1.unknown\nmessage-id:unknown\nsubscription:a\n",
        () => "id:\nmessage-id:\nsubscription:a\n",
        ([one]) => `id:9.${one?.headers["message-id"]}\nmessage-id:${one?.headers["message-id"]}\nsubscription:b\n`,
      ];
      for (const headers of trouble) {
        const { peer, queue, messages } = await withUnacknowledged(trial, version, ["1", "2"], "client");
        peer.send(`${command}\n${headers(messages)}\n`);
        await fatal(peer);
        expect(await left(trial, peer, queue)).toEqual(["1", "2"]);
      }
      // Twice is once too often, and what is auto waits for nothing.
      const { peer, messages } = await withUnacknowledged(trial, version, ["1"], "client");
      await receipted(peer, `ACK\n${named(messages, 0, version)}`);
      peer.send(`${command}\n${named(messages, 0, version)}\n`);
      await fatal(peer);
    }
});

rule("C103", async ({ connect }) => {
  const handed = async (header: string, kind: "topic" | "queue" = "queue") => {
    const destination = somewhere(kind);
    const peer = await connect();
    await listen(peer, destination, "a", `ack:client-individual\n${header}\n`);
    await say(peer, destination, "1", "2", "3", "4");
    return (await bodies(peer)).length;
  };
  for (const name of ["prefetch-count", "activemq.prefetchSize"]) {
    expect(await handed(`${name}:2`)).toBe(2);
    for (const many of ["0", "32766", "12345678", "999999999"]) expect(await handed(`${name}:${many}`)).toBe(4);
    expect(await handed(`${name}:2`, "topic")).toBe(4);
    for (const none of ["-1", "1.5", "many", "", "1000000000"]) {
      const peer = await connect();
      peer.send(`SUBSCRIBE\nid:a\ndestination:${somewhere("queue")}\nack:client\n${name}:${none}\n\n`);
      expect((await fatal(peer)).headers.code, none).toBe("malformed");
    }
  }
});
