import { expect } from "vitest";
import { until } from "#tests/support/until.ts";
import type { Trial, Version } from "./bare-broker.ts";
import { fatal, heard, somewhere } from "./exchange.ts";
import type { RawPeer, Seen } from "./raw-peer.ts";

/** A further session that is subscribed to a topic; what the rules are about happens to another one. */
export async function openListener({ connect }: Trial, topic: string, version?: Version): Promise<RawPeer> {
  const peer = await connect(version);
  peer.send(`SUBSCRIBE\nid:listening\ndestination:${topic}\nreceipt:listening\n\n`);
  await peer.find("RECEIPT");
  return peer;
}

/** ERROR with a `message` header, as the last frame; then the connection is closed. Whoever looks on heard nothing and stays. */
export async function refused(peer: RawPeer, onlooker?: RawPeer): Promise<Seen> {
  const error = await fatal(peer);
  expect(error.headers.message).toMatch(/\w/);
  if (onlooker) {
    await onlooker.settled();
    expect(heard(onlooker)).toEqual([]);
  }
  return error;
}

/** The bodies of every MESSAGE that a peer got, when they are so many at least. */
export async function received(peer: RawPeer, count: number): Promise<string[]> {
  await until(`${count} messages`, () => heard(peer).length >= count);
  return heard(peer).map(({ body }) => body.toString());
}

/** What a listener of this version gets of a SEND with these header lines. */
export async function relayed(trial: Trial, lines: string, to: Version = trial.version): Promise<Seen> {
  const topic = somewhere("topic");
  const listener = await openListener(trial, topic, to);
  const peer = await trial.connect();
  peer.send(`SEND\ndestination:${topic}\n${lines}\n\nrelayed`);
  const message = await listener.find("MESSAGE");
  expect(message.body.toString()).toBe("relayed");
  return message;
}

/** A SEND with these header lines is answered with ERROR and the end, and reaches nobody. */
export async function rejected(trial: Trial, lines: string | Buffer): Promise<void> {
  const topic = somewhere("topic");
  const listener = await openListener(trial, topic);
  const peer = await trial.connect();
  peer.bytes(
    Buffer.concat([Buffer.from(`SEND\ndestination:${topic}\n`), Buffer.from(lines as string), Buffer.from("\n\nhi\0")]),
  );
  await refused(peer, listener);
}
