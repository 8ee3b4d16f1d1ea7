import { type Dialect, dialects } from "./dialects.ts";
import { type Connections, isFar, openPeers } from "./opening.ts";
import type { Answer, Open, Opened, Order, Publish, Published } from "./orders.ts";
import { publish } from "./pace.ts";
import type { Peer } from "./peer.ts";
import { Tally } from "./tally.ts";
import { TwoPlaces } from "./two-places.ts";

/** The load generator, a process of its own: it is told what to do by its parent, and ends with it. */
interface Opening {
  order: Open;
  dialect: Dialect;
  connections: Connections;
  tally: Tally;
}
let opening: Opening | undefined;

process.on("message", (order: Order) => {
  const answer: Promise<Answer> =
    order.do === "open" ? open(order).then((opened) => ({ opened })) : run(order).then((published) => ({ published }));
  void answer.catch((error: Error): Answer => ({ error: error.message })).then((each) => process.send?.(each));
});
process.on("disconnect", () => process.exit());

async function open(order: Open): Promise<Opened> {
  const dialect = dialects[order.target.dialect];
  const connections = await openPeers(order);
  const tally = new Tally(dialect);
  const peers = [...connections.subscribers, ...connections.publishers];
  for (const peer of peers) tally.watch(peer);
  if (order.target.alsoAt !== undefined) {
    const far = new Set(connections.subscribers.filter((_, index) => isFar(order.target, index)));
    tally.apart = new TwoPlaces(far);
  }
  opening = { order, dialect, connections, tally };
  if (order.heartBeat > 0) beat(peers, dialect, order.heartBeat);
  return { seconds: connections.seconds, busy: connections.busy };
}

async function run(order: Publish): Promise<Published> {
  if (!opening) throw new Error("Nothing is open yet.");
  const { connections, tally, dialect } = opening;
  const { target, subscribers } = opening.order;
  return publish({ order, target, dialect, tally, publishers: connections.publishers, subscribers });
}

/** Every peer once in four fifths of the time that was promised, a few of them at a time. */
function beat(peers: Peer[], dialect: Dialect, interval: number): void {
  const every = 50;
  const each = peers.length / ((interval * 0.8) / every);
  let due = 0;
  let next = 0;
  setInterval(() => {
    for (due += each; due >= 1; due--) peers[next++ % peers.length]?.say(dialect.heartBeat);
  }, every);
}
