import { expect, test } from "vitest";
import { CONSOLE } from "#lib/chat/actor.ts";
import { founding, minaSays } from "#tests/store/founding.ts";
import { query } from "#tests/support/services/postgres.ts";
import { emptyDatabase, openNode } from "./open-store.ts";
import { sendUntilAnswered } from "./send-until-answered.ts";

const ROOMS = Array.from({ length: 40 }, (_, n) => `r${n}`);

async function openRooms(nodes: number) {
  const url = await emptyDatabase();
  const [node, ...others] = await Promise.all(Array.from({ length: nodes }, () => openNode(url)));
  if (!node) throw new Error("no node");
  await node.write("claim", founding);
  await node.write("openSession", {
    id: "ss",
    user: "mna",
    now: founding.now,
    expiresAt: founding.now * 2,
    userAgent: "",
  });
  for (const id of ROOMS) {
    const room = { name: id, topic: "", kind: "open", posting: "everyone" } as const;
    await node.write("createRoom", { actor: CONSOLE, now: founding.now, id, room });
  }
  return { url, nodes: [node, ...others] };
}

const says = (room: string, n: number) => ({ ...minaSays("글", `${room}-${n}`), room });

test("what 미나 posts in forty rooms at once is written in a few transactions, and a refusal among them takes nothing with it", async () => {
  const { url, nodes } = await openRooms(1);
  const [node] = nodes;
  const posts = ROOMS.map((room) => node?.write("post", says(room, 1)));
  const refused = node?.write("post", says("nowhere", 1));
  await expect(refused).rejects.toMatchObject({ code: "not-found" });
  expect((await Promise.all(posts)).map((posted) => posted?.rev)).toEqual(ROOMS.map(() => 1));
  const [row] = await query(url, "select count(distinct xmin::text) as n from messages where client_id is not null");
  expect(Number(row?.n)).toBeLessThan(ROOMS.length / 2);
});

test("two nodes that post in the same forty rooms at once leave no hole and no number twice", async () => {
  const { url, nodes } = await openRooms(2);
  const posts = nodes.flatMap((node, at) =>
    [0, 1, 2, 3].flatMap((round) => ROOMS.map((room) => sendUntilAnswered(node, says(room, at * 10 + round)))),
  );
  await Promise.all(posts);
  const rows = await query(
    url,
    "select room, array_agg(rev order by rev) as revs from messages where room <> 'by' group by room",
  );
  expect(rows).toHaveLength(ROOMS.length);
  for (const { revs } of rows) expect(revs).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
