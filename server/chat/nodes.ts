import { isRefusal } from "#lib/chat/refusal.ts";
import type { Store } from "#server/store/store.ts";
import { type Between, NODES } from "./between.ts";
import type { Epoch } from "./epoch.ts";
import { type Hint, readHint, writeHint } from "./hints.ts";

/** What went between this node and the others. */
export interface NodeCounts {
  told: number;
  heard: number;
  /** Unreadable, of a newer version, about another history, or resting on changes that could not be read. */
  ignored: number;
}

/** Says hints to the other nodes, and hands over theirs. */
export interface Nodes {
  tell(hint: Hint): void;
  /** What the relay carried here. */
  heard(text: string): void;
  readonly counts: Readonly<NodeCounts>;
}

export interface NodesOptions {
  between: Between;
  /** This one among the others. */
  node: string;
  store: Store;
  epoch: Epoch;
  take(hint: Hint, from: string): void;
  failed(error: unknown): void;
}

export function createNodes({ between, node, store, epoch, take, failed }: NodesOptions): Nodes {
  const counts: NodeCounts = { told: 0, heard: 0, ignored: 0 };
  return {
    counts,
    tell(hint) {
      counts.told += 1;
      const key = "room" in hint ? hint.room : NODES;
      between.publish(key, writeHint({ node, epoch: epoch.current(), asOf: store.known(), hint }));
    },
    heard(text) {
      const said = readHint(text);
      if (said?.node === node) return;
      if (said?.epoch !== epoch.current()) {
        counts.ignored += 1;
        if (said) epoch.doubt();
        return;
      }
      counts.heard += 1;
      const { hint, node: from, asOf } = said;
      if (asOf <= store.known()) take(hint, from);
      // Somebody may have lost access before this was said: that has to be known before it is passed on, and the poll may be late.
      else
        store
          .know(asOf)
          .then(() => take(hint, from))
          .catch((error) => {
            counts.ignored += 1;
            // A database that is away, or behind, is told of once by those who look into it, and not with every hint.
            if (!isRefusal(error)) failed(error);
          });
    },
  };
}
