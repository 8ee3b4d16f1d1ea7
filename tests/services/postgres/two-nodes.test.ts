import { expect, test } from "vitest";
import { CONSOLE } from "#lib/chat/actor.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Change, Effect } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import { founding, minaSays } from "#tests/store/founding.ts";
import { query } from "#tests/support/services/postgres.ts";
import { until } from "#tests/support/until.ts";
import { openTwoNodes } from "./open-store.ts";
import { sendUntilAnswered } from "./send-until-answered.ts";

const asConsole = { actor: CONSOLE, now: founding.now };
const room = { topic: "", kind: "open", posting: "everyone" } as const;
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);

/** Somebody with a session of their own: what they say where. */
async function person(store: Store, id: string) {
  const plain = { role: "member", kind: "person", passwordHash: null } as const;
  await store.write("addPerson", { ...asConsole, person: { ...plain, id, name: id, email: `${id}@example.com` } });
  const session = { id: `s-${id}`, user: id, now: founding.now, expiresAt: founding.now * 2, userAgent: "" };
  await store.write("openSession", session);
  const actor = { via: "session", user: id, session: session.id, expiresAt: session.expiresAt } as const;
  return (room: string, clientId: string) => ({ actor, now: founding.now, room, id: clientId, text: "글", clientId });
}

const revsOf = async (url: string, room: string) =>
  (await query(url, `select rev, client_id from messages where room = '${room}' order by rev`)).map(({ rev }) => rev);

/** What a node heard, in its order. */
function hear(store: Store) {
  const heard = { changes: [] as Change[], posted: [] as Extract<Effect, { type: "posted" }>[] };
  store.onCommitted(({ changes, effects }) => {
    heard.changes.push(...changes);
    for (const effect of effects) if (effect.type === "posted") heard.posted.push(effect);
  });
  return heard;
}

test("미나 on one node and 준 on the other post thousands of messages into the same and other rooms: every number once, without a hole, in the order of the commits", async () => {
  const { url, nodes } = await openTwoNodes();
  const rooms = ["by", "r1", "r2", "r3"];
  for (const id of rooms.slice(1))
    await nodes[0].write("createRoom", { ...asConsole, id, room: { ...room, name: id } });
  const jun = await person(nodes[0], "jun");
  const heard = nodes.map(hear);
  const posts = upTo(2_000).map(async (n) => {
    const where = rooms[n % rooms.length] as string;
    const input = n % 3 === 0 ? { ...minaSays("글", `k${n}`), room: where } : jun(where, `k${n}`);
    const { rev } = await sendUntilAnswered(nodes[n % 2] as Store, input);
    return `${where} ${rev}`;
  });
  const answered = await Promise.all(posts);
  expect(new Set(answered).size).toBe(2_000);
  for (const where of rooms) {
    const revs = await revsOf(url, where);
    expect(revs).toEqual(upTo(revs.length).map((index) => index + 1));
    for (const { posted } of heard) {
      const told = posted.filter((effect) => effect.room === where).map(({ rev }) => rev);
      expect(told).toEqual([...told].sort((one, other) => one - other));
    }
  }
  expect(heard.flatMap(({ posted }) => posted)).toHaveLength(2_000);
}, 300_000);

test("the same message sent again and again over both nodes is stored once, and everybody is told the same number", async () => {
  const { url, nodes } = await openTwoNodes();
  const sends = upTo(200).flatMap((n) =>
    upTo(5).map((again) =>
      sendUntilAnswered(nodes[(n + again) % 2] as Store, { ...minaSays("글", `k${n}`), id: `m${n}${again}` }),
    ),
  );
  const answers = await Promise.all(sends);
  for (const n of upTo(200)) expect(new Set(answers.slice(n * 5, n * 5 + 5).map(({ rev }) => rev)).size).toBe(1);
  expect(await revsOf(url, "by")).toEqual(upTo(201).map((index) => index + 1));
});

test("one client id in two rooms on two nodes at once is stored in one of them, and nobody waits for ever", async () => {
  const { url, nodes } = await openTwoNodes();
  await nodes[0].write("createRoom", { ...asConsole, id: "other", room: { ...room, name: "다른 방" } });
  const ids = upTo(60);
  const outcomes = await Promise.allSettled([
    ...ids.map((n) => nodes[0].write("post", minaSays("글", `k${n}`))),
    ...ids.toReversed().map((n) => nodes[1].write("post", { ...minaSays("글", `k${n}`), room: "other" })),
  ]);
  for (const outcome of outcomes)
    if (outcome.status === "rejected")
      expect(["malformed", "busy"]).toContain(isRefusal(outcome.reason) && outcome.reason.code);
  const stored = await query(url, "select client_id from messages where client_id is not null");
  expect(new Set(stored.map((row) => row.client_id)).size).toBe(stored.length);
  for (const where of ["by", "other"]) {
    const revs = await revsOf(url, where);
    expect(revs).toEqual(upTo(revs.length).map((index) => index + 1));
  }
});

test("while people join rooms on both nodes, each node hears every change once, numbered without a hole and in order", async () => {
  const { url, nodes } = await openTwoNodes();
  const rooms = upTo(12).map((n) => `r${n}`);
  for (const id of rooms) await nodes[0].write("createRoom", { ...asConsole, id, room: { ...room, name: id } });
  const speakers = await Promise.all(upTo(6).map((n) => person(nodes[0], `p${n}`)));
  const [{ n: before }] = (await query(url, "select max(n) as n from changes")) as [{ n: number }];
  await until("both nodes to know it", () => nodes.every((node) => node.known() === before));
  const heard = nodes.map(hear);
  // Posting in an open room joins it, which is a change in a room's own transaction.
  const posts = rooms.flatMap((where, r) =>
    speakers.map((says, p) => sendUntilAnswered(nodes[(r + p) % 2] as Store, says(where, `${where}-${p}`))),
  );
  await Promise.all(posts);
  const expected = upTo(rooms.length * speakers.length).map((index) => before + index + 1);
  await until("both nodes to have heard everything", () =>
    heard.every(({ changes }) => changes.length >= expected.length),
  );
  for (const { changes } of heard) expect(changes.map(({ n }) => n)).toEqual(expected);
});

test("nothing that 준 posts has a number after 미나 took him out, on whichever node he posts", async () => {
  const { url, nodes } = await openTwoNodes();
  await nodes[0].write("createRoom", { ...asConsole, id: "ours", room: { ...room, kind: "members", name: "우리" } });
  const jun = await person(nodes[0], "jun");
  for (const round of upTo(10)) {
    await nodes[0].write("grant", { ...asConsole, room: "ours", user: "jun" });
    const heard = nodes.map(hear);
    const posts = upTo(60).map((n) => (nodes[n % 2] as Store).write("post", jun("ours", `k${round}-${n}`)));
    const revoked = nodes[round % 2 === 0 ? 1 : 0].write("revoke", { ...asConsole, room: "ours", user: "jun" });
    const outcomes = await Promise.allSettled(posts);
    await revoked;
    const head = Number((await query(url, "select head from rooms where id = 'ours'"))[0]?.head);
    const late = await Promise.allSettled(nodes.map((node) => node.write("post", jun("ours", `late${round}`))));
    expect(late.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(Number((await query(url, "select head from rooms where id = 'ours'"))[0]?.head)).toBe(head);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(["not-found", "busy"]).toContain(outcome.reason.code);
    // On each node: once the revocation was told, no post of his is.
    for (const { posted } of heard) for (const effect of posted) expect(effect.rev).toBeLessThanOrEqual(head);
  }
});
