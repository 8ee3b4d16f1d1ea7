import type { Between } from "#server/chat/between.ts";

/** A hint on its way. */
export interface Parcel {
  from: string;
  to: string;
  key: string;
  hint: string;
  /** What it says, without what every hint carries. */
  content: { kind: string; [field: string]: unknown };
}

/** Carries hints between chats of one process, as a relay does between servers, and as badly as a test likes. */
export interface Hub {
  join(node: string): Between & { hear(heard: (hint: string) => void): void };
  /** Says of every parcel in which of the next turns of the event loop it arrives: none is lost, several arrive as often. */
  fate(parcel: Parcel): number[];
  /** While it is set, parcels wait for `release`. */
  holding: boolean;
  readonly held: Parcel[];
  release(parcel: Parcel): void;
  /** Nothing goes between the two any more, or again. */
  cut(one: string, other: string): void;
  mend(one: string, other: string): void;
  /** Everything that was published, to whom it went. */
  readonly parcels: Parcel[];
}

export function openHub(): Hub {
  const nodes = new Map<string, { heeds: Map<string, number>; hear?: (hint: string) => void }>();
  const cuts = new Set<string>();

  function publish(from: string, key: string, hint: string): void {
    for (const [to, { heeds }] of nodes) {
      if (to === from || !heeds.has(key) || cuts.has(`${from} ${to}`)) continue;
      const parcel = { from, to, key, hint, content: JSON.parse(hint).hint };
      hub.parcels.push(parcel);
      if (hub.holding) hub.held.push(parcel);
      else for (const turns of hub.fate(parcel)) after(turns, () => hub.release(parcel));
    }
  }

  const hub: Hub = {
    fate: () => [1],
    holding: false,
    ...{ held: [], parcels: [] },
    join(node) {
      const heeds = new Map<string, number>();
      nodes.set(node, { heeds });
      return {
        publish: (key, hint) => publish(node, key, hint),
        heed: async (key) => void heeds.set(key, (heeds.get(key) ?? 0) + 1),
        ignore(key) {
          const left = (heeds.get(key) ?? 0) - 1;
          if (left > 0) heeds.set(key, left);
          else heeds.delete(key);
        },
        hear(heard) {
          nodes.set(node, { heeds, hear: heard });
        },
      };
    },
    release({ from, to, hint }) {
      if (!cuts.has(`${from} ${to}`)) nodes.get(to)?.hear?.(hint);
    },
    cut: (one, other) => void cuts.add(`${one} ${other}`).add(`${other} ${one}`),
    mend(one, other) {
      for (const way of [`${one} ${other}`, `${other} ${one}`]) cuts.delete(way);
    },
  };
  return hub;
}

function after(turns: number, act: () => void): void {
  if (turns <= 0) act();
  else setImmediate(after, turns - 1, act);
}
