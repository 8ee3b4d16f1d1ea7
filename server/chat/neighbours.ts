import { roomActivity } from "#lib/chat/destinations.ts";
import type { Effect } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import { type Announcing, createAnnouncing } from "./announcing.ts";
import { type Between, NODES } from "./between.ts";
import { createDrip } from "./drip.ts";
import { Elsewhere } from "./elsewhere.ts";
import type { Epoch } from "./epoch.ts";
import { createHeeding, type Heeding, NOT_NEEDED } from "./heeding.ts";
import type { Hint, HintOf } from "./hints.ts";
import { createNodes, type NodeCounts } from "./nodes.ts";
import { activityPublication, type Publish } from "./publication.ts";

/** What the other nodes have to do with: told what happens here, and what to do with what happens there. */
export interface Neighbours {
  heeding: Heeding;
  /** Committed here, all of it of one command. */
  committed(effects: readonly Effect[]): void;
  typing(room: string, user: string, on: boolean): void;
  /** Somebody came into a room here, or went. */
  announce(room: string, user: string, online: boolean): void;
  elsewhere: Pick<Elsewhere, "users" | "has">;
  listen(ears: Ears): void;
  /** What the relay carried here. */
  heard(text: string): void;
  /** Hints arrive again, and some were lost. */
  returned(): void;
  counts(): NeighbourCounts;
  /** Says goodbye. */
  close(): void;
}

export interface NeighbourCounts extends NodeCounts {
  /** Other nodes that live. */
  nodes: number;
}

/** What becomes of the others' hints here. */
export interface Ears {
  /** People of this node who are in a room. */
  here(room: string): ReadonlySet<string>;
  committed(effect: Effect): void;
  typing(room: string, user: string, on: boolean): void;
}

/** Milliseconds. */
export interface NodeTimes {
  /** Between two signs of life. */
  beat: number;
  /** Without one, after which a node's people are gone. */
  silence: number;
  /** For people to come back on another node when theirs said goodbye. */
  grace: number;
}

export interface NeighboursOptions {
  between: Between;
  node: string;
  store: Store;
  epoch: Epoch;
  publish: Publish;
  failed(error: unknown): void;
  times?: Partial<NodeTimes>;
}

const TIMES: NodeTimes = { beat: 3_000, silence: 10_000, grace: 5_000 };
/** Beats in which every room of a node is confirmed twice. */
const TWO_ROUNDS = 22;

const nothing = () => {};

const DEAF: Ears = { here: () => new Set(), committed: nothing, typing: nothing };

/** For a node that is alone. */
export const NO_NEIGHBOURS: Neighbours = {
  heeding: NOT_NEEDED,
  elsewhere: { users: () => [], has: () => false },
  ...{ committed: nothing, typing: nothing, announce: nothing },
  ...{ listen: nothing, heard: nothing, returned: nothing, close: nothing },
  counts: () => ({ told: 0, heard: 0, ignored: 0, nodes: 0 }),
};

export function createNeighbours(options: NeighboursOptions): Neighbours {
  const { between, node, store, epoch, failed } = options;
  const { beat, silence, grace } = { ...TIMES, ...options.times };
  let ears = DEAF;
  const nodes = createNodes({ between, node, store, epoch, failed, take: (hint, from) => take(hint, from) });
  const { tell } = nodes;
  const asking = createDrip<string>((asked) => {
    const [room = "", of] = asked.split(" ");
    tell({ kind: "who", room, of });
  });
  const announcing = createAnnouncing({ tell, here: (room) => ears.here(room) });
  const elsewhere = new Elsewhere({
    ...{ heeds: (room) => heeding.has(room), isHere: (room, user) => ears.here(room).has(user) },
    ...{ show: showIn(options.publish), ask: (room, of) => asking.give(`${room} ${of}`) },
    ...{ silence, grace, unconfirmed: TWO_ROUNDS * beat, now: () => performance.now() },
  });
  const heeding = createHeeding(between, { began: asking.give, ended: (room) => elsewhere.forget(room) });
  const take = dispatching({ node, heeding, elsewhere, announcing, ears: () => ears });
  const timer = setInterval(() => {
    announcing.beat();
    elsewhere.sweep();
  }, beat).unref();
  void between.heed(NODES).then(() => announcing.beatAll(true));

  return {
    ...{ heeding, elsewhere, heard: nodes.heard, announce: announcing.announce },
    committed: (effects) => sayCommitted(tell, effects),
    typing: (room, user, on) => tell({ kind: "typing", room, user, on }),
    listen(given) {
      ears = given;
    },
    returned: () => announcing.beatAll(true),
    counts: () => ({ ...nodes.counts, nodes: elsewhere.nodes }),
    close() {
      clearInterval(timer);
      for (const drip of [asking, announcing]) drip.stop();
      tell({ kind: "bye" });
      between.ignore(NODES);
    },
  };
}

function sayCommitted(tell: (hint: Hint) => void, effects: readonly Effect[]): void {
  const [first] = effects;
  if (first) tell({ kind: "committed", room: first.room, effects: [...effects] });
}

function showIn(publish: Publish): (room: string, user: string, online: boolean) => void {
  return (room, user, online) =>
    publish(roomActivity(room), activityPublication(room, { type: "presence", user, online }, `presence ${user}`));
}

interface Parts {
  node: string;
  heeding: Heeding;
  elsewhere: Elsewhere;
  announcing: Announcing;
  ears(): Ears;
}

/** Who gets which hint. */
function dispatching({ node, heeding, elsewhere, announcing, ears }: Parts): (hint: Hint, from: string) => void {
  const takers: { [Kind in Hint["kind"]]: (hint: HintOf<Kind>, from: string) => void } = {
    committed({ room, effects }) {
      if (heeding.has(room)) for (const effect of effects) ears().committed(effect);
    },
    typing({ room, user, on }) {
      if (heeding.has(room)) ears().typing(room, user, on);
    },
    who({ room, of }) {
      if (of === undefined || of === node) announcing.asked(room, of === node);
    },
    presence: (hint, from) => elsewhere.presence(from, hint),
    here: (hint, from) => elsewhere.here(from, hint),
    beat(hint, from) {
      elsewhere.beat(from, hint);
      if (hint.back) announcing.list();
    },
    bye: (_hint, from) => elsewhere.bye(from),
  };
  return (hint, from) => {
    elsewhere.alive(from);
    takers[hint.kind](hint as never, from);
  };
}
