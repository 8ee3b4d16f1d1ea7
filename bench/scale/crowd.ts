import { setTimeout as sleep } from "node:timers/promises";
import type { PlaceOfNodes } from "#bench/contenders/place-of-nodes.ts";
import { type Generator, startGenerator } from "#bench/load/generator.ts";
import type { Target } from "#bench/load/orders.ts";
import type { Place } from "./model.ts";

/** The people of a place: a load generator for each node, with its share of them. */
export interface Crowd {
  /** Seconds from the first connect to the last answer to a SUBSCRIBE. */
  arrive(): Promise<number>;
  /** Everybody posts in turn, at the place's rate; resolves with how many were posted. */
  talk(seconds: number): Promise<number>;
  leave(): Promise<void>;
}

const PATIENCE = 10;

export function gather({ nodes, target }: PlaceOfNodes, { people, posts, rooms }: Place): Crowd {
  const share = Math.round(people / nodes.length);
  const generators: Generator[] = nodes.map(() => startGenerator());
  const targets = nodes.map(({ port }, at) => ({ ...turned(target, at * share), port }));
  return {
    async arrive() {
      const arrived = generators.map((generator, at) =>
        generator.open({
          ...{ target: targets[at] as Target, subscribers: share, publishers: Math.min(share, rooms) },
          // The room, who is in it, and the inbox: what a browser has open.
          ...{ subscriptions: 3, heartBeat: 10_000 },
        }),
      );
      return Math.max(...(await Promise.all(arrived)).map(({ seconds }) => seconds));
    },
    async talk(seconds) {
      const order = { rate: posts / nodes.length, seconds, patience: PATIENCE, receipts: true, polls: false };
      // In turn through the rooms, and never two nodes in one at a time: news of unread would be fewer than in a place of people.
      const apart = (Math.min(share, rooms) / posts) * 1_000;
      const talks = await Promise.all(
        generators.map(async (generator, at) => {
          await sleep(at * apart);
          return await generator.publish(order);
        }),
      );
      return talks.reduce((sum, { delivered }) => sum + delivered, 0);
    },
    async leave() {
      await Promise.all(generators.map((generator) => generator.close()));
    },
  };
}

/** Connection 0 is somebody else on each node, in another room. */
function turned(target: Target, by: number): Target {
  const turn = <T>(all: T[]) => all.map((_, at) => all[(at + by) % all.length] as T);
  return { ...target, rooms: turn(target.rooms), tokens: turn(target.tokens ?? []) };
}
