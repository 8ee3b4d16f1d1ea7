import type { Figure } from "./figure.ts";
import { OVER_A_BROKER } from "./hop.ts";
import { serving } from "./serving.ts";

/** What a node needs from its start until it serves, where the database, the broker and other nodes are there already. */
export const anotherNode: Figure = {
  kind: "another-node",
  title: () => "one more node against ready services, to the first answer of /up",
  contenders: [...OVER_A_BROKER],
  measure: (contender) =>
    serving(contender, 1, async ({ nodes }) => {
      if (!nodes) throw new Error("One more needs others.");
      const values: Record<string, number> = {};
      for (const [what, pages] of [
        ["with pages: ms", true],
        ["without: ms", false],
      ] as const) {
        const began = performance.now();
        const node = await nodes.another(pages);
        values[what] = performance.now() - began;
        await node.stop();
      }
      return { values, saturated: false };
    }),
};
