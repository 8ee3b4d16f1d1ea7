import { type Dialect, dialects, type Step } from "./dialects.ts";
import type { Open, Target } from "./orders.ts";
import { Peer } from "./peer.ts";
import { workTime } from "./work-time.ts";

/** Handshakes at once: more would only wait in the kernel's queue of unaccepted connections. */
const AT_ONCE = 500;

export interface Connections {
  publishers: Peer[];
  subscribers: Peer[];
  seconds: number;
  busy: number;
}

/** Connects, signs in and subscribes all of them; those of one room are `room`, `room + rooms`, … */
export async function openPeers(order: Open): Promise<Connections> {
  const { subscribers, publishers } = order;
  const began = performance.now();
  const worked = workTime();
  const peers: Peer[] = [];
  let next = 0;
  const openInTurn = async () => {
    for (let index = next++; index < subscribers + publishers; index = next++) peers[index] = await admit(order, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, openInTurn));
  const seconds = (performance.now() - began) / 1_000;
  const busy = (workTime() - worked) / (seconds * 1_000_000);
  return { subscribers: peers.slice(0, subscribers), publishers: peers.slice(subscribers), seconds, busy };
}

export function fill(template: string, { rooms }: Target, number: number): string {
  return template.replace("%room", rooms[number % rooms.length] ?? "").replace("%n", `${number}`);
}

function admit(order: Open, index: number): Promise<Peer> {
  const { target, heartBeat, subscribers, subscriptions } = order;
  const dialect = dialects[target.dialect];
  const listens = index < subscribers;
  const destinations = listens ? target.subscribe.slice(0, subscriptions).map((each) => fill(each, target, index)) : [];
  const port = portOf(target, index, listens);
  const token = target.tokens?.[index % target.tokens.length];
  const peer = new Peer({ ...target, port, subprotocol: dialect.subprotocol, token, index });
  return new Promise((resolve, reject) => {
    peer.closed = (reason) => reject(new Error(reason));
    peer.opened = () => {
      if (dialect.begins) peer.say(dialect.admit(target, heartBeat));
    };
    let due = destinations.length;
    const steps: Record<Step, (text: string) => void> = {
      greeted: () => peer.say(dialect.admit(target, heartBeat)),
      admitted: () => (due === 0 ? resolve(peer) : subscribe(peer, dialect, destinations)),
      subscribed: () => --due === 0 && resolve(peer),
      refused: (text) => reject(new Error(text)),
      pinged: () => peer.say(dialect.pong),
    };
    peer.hear = (_, bytes, start, end) => {
      const text = bytes.toString("utf8", start, end);
      const step = dialect.step(text);
      if (step) steps[step](text);
    };
  });
}

function portOf(target: Target, index: number, listens: boolean): number {
  const { port, publishAt = [port] } = target;
  if (!listens) return publishAt[index % publishAt.length] as number;
  return isFar(target, index) ? (target.alsoAt ?? port) : port;
}

/** Whether this subscriber is one of those on the other node. */
export function isFar({ alsoAt, rooms }: Target, index: number): boolean {
  return alsoAt !== undefined && Math.floor(index / rooms.length) % 2 === 1;
}

function subscribe(peer: Peer, dialect: Dialect, destinations: string[]): void {
  peer.gather();
  for (const [number, destination] of destinations.entries()) peer.say(dialect.subscribe(destination, number));
  peer.release();
}
