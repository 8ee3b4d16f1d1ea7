import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Version } from "./bare-broker.ts";
import type { RawPeer, Seen } from "./raw-peer.ts";

export const VERSIONS: readonly Version[] = ["1.0", "1.1", "1.2"];
export const FROM_1_1: readonly Version[] = ["1.1", "1.2"];

/** A destination that no other test uses. */
export function somewhere(kind: "topic" | "queue"): string {
  return `/${kind}/${randomUUID()}`;
}

/** SUBSCRIBE, answered. `headers` are further lines, each with its line end. */
export async function listen(peer: RawPeer, destination: string, id: string, headers = ""): Promise<void> {
  await receipted(peer, `SUBSCRIBE\nid:${id}\ndestination:${destination}\n${headers}`);
}

/** Sends a frame, which lacks its receipt header and its end, and waits for the answer. */
export async function receipted(peer: RawPeer, head: string, body = ""): Promise<void> {
  const receipt = randomUUID();
  peer.send(`${head}receipt:${receipt}\n\n${body}`);
  let answer: Seen;
  do answer = await peer.next();
  while (answer.headers["receipt-id"] !== receipt);
  expect(answer.command).toBe("RECEIPT");
}

/** SENDs one body after the other, and waits until the last is processed. */
export async function say(peer: RawPeer, destination: string, ...bodies: string[]): Promise<void> {
  for (const body of bodies) await receipted(peer, `SEND\ndestination:${destination}\n`, body);
}

/** Every MESSAGE so far. */
export function heard(peer: RawPeer): Seen[] {
  return peer.frames.filter(({ command }) => command === "MESSAGE");
}

/** The bodies of every MESSAGE so far, when everything that is on its way has come. */
export async function bodies(peer: RawPeer): Promise<string[]> {
  await peer.settled();
  return heard(peer).map(({ body }) => body.toString());
}

/** The next MESSAGE. */
export function message(peer: RawPeer): Promise<Seen> {
  return peer.find("MESSAGE");
}

/** The ERROR that ends the connection: it has come, it was the last frame, and the server has closed. */
export async function fatal(peer: RawPeer): Promise<Seen> {
  await peer.end();
  const last = peer.frames.at(-1);
  expect(last?.command).toBe("ERROR");
  return last as Seen;
}

/** How a client of this version acknowledges a MESSAGE: the headers of ACK and NACK, each with its line end. */
export function naming({ headers }: Seen, version: Version): string {
  if (version === "1.2") return `id:${headers.ack}\n`;
  const subscription = version === "1.1" ? `subscription:${headers.subscription}\n` : "";
  return `message-id:${headers["message-id"]}\n${subscription}`;
}
