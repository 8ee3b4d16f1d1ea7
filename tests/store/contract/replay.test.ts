import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { founding, mina } from "#tests/store/founding.ts";
import { openFounded } from "./open-store.ts";

const ROOM = "by";

let room: ReturnType<typeof roomIn>;

beforeAll(async () => {
  const opened = await openFounded();
  room = roomIn(opened);
  return opened.close;
});

function roomIn({ store, rows }: Awaited<ReturnType<typeof openFounded>>) {
  return {
    /**
     * Makes the room one in which messages were posted (`true`) and earlier ones changed (the number says which), each step under the next rev. Returns
     * the revs of its messages, lowest first.
     */
    async live(steps: readonly (number | true)[]): Promise<number[]> {
      const revs = revsAfter(steps);
      const values = [...revs].map(([seq, rev]) => `('${ROOM}', ${seq}, ${rev}, 1, 'm${seq}', 'mna', 't', 1)`);
      await rows("delete from messages");
      await rows(
        `insert into messages (room, seq, rev, countable, id, author, text, created_at) values ${values.join(", ")}`,
      );
      await rows(`update rooms set head = ${steps.length}, last_seq = ${steps.length} where id = '${ROOM}'`);
      return [...revs.values()].sort((one, other) => one - other);
    },
    replay: (from: number) => store.read("replay", { actor: mina, now: founding.now, room: ROOM, from }),
    missed: (rev: number) => store.read("missed", { room: ROOM, rev }),
  };
}

/** The present rev of each message, by its seq. */
function revsAfter(steps: readonly (number | true)[]): Map<number, number> {
  const revs = new Map<number, number>();
  steps.forEach((step, index) => {
    const seqs = [...revs.keys()];
    const changed = step === true ? undefined : seqs[step % seqs.length];
    revs.set(changed ?? index + 1, index + 1);
  });
  return revs;
}

const history = fc.array(fc.oneof(fc.constant(true as const), fc.nat()), { minLength: 1, maxLength: 60 });

test("준 is replayed each message that was posted or changed since, once, in its present state and in the order of its last change", async () => {
  const { live, replay, missed } = room;
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (steps, seed) => {
      const revs = await live(steps);
      const from = seed % (steps.length + 1);
      const { messages, reset } = await replay(from);
      const { messages: told } = await missed(from);
      expect(reset).toBe(false);
      expect(messages.map(({ rev }) => rev)).toEqual(revs.filter((rev) => rev > from));
      expect(told.map(({ rev }) => rev)).toEqual(revs.filter((rev) => rev > from));
    }),
  );
});

test("of more than a replay may hold a node is told the newest alone, were it a change of the oldest message", async () => {
  const { live, replay, missed } = room;
  const posts = Array.from({ length: 501 }, () => true as const);
  for (const [steps, newest] of [
    [posts, 501],
    [[...posts, 0], 502],
  ] as const) {
    await live(steps);
    const { messages, skipped } = await missed(0);
    const { reset } = await replay(0);
    expect([skipped, reset]).toEqual([true, true]);
    expect(messages.map(({ rev }) => rev)).toEqual([newest]);
  }
});
