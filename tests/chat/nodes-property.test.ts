import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CONSOLE } from "#lib/chat/actor.ts";
import { until } from "#tests/support/until.ts";
import { type OpenPlace, outcome } from "./open-place.ts";
import { openTwoNodes, SELDOM, type TwoNodes } from "./two-nodes.ts";

let nodes: TwoNodes;

beforeAll(async () => {
  nodes = await openTwoNodes({ pollEvery: SELDOM, parkFor: 3 });
});
afterAll(() => nodes.close());

/** What one step does, and what becomes of the hints that wait. */
type Step =
  | { does: "post"; on: "one" | "other" }
  | { does: "edit" | "delete"; on: "one" | "other"; which: number }
  | { does: "import"; count: number }
  | { does: "join"; on: "one" | "other"; from: number }
  | { does: "look"; on: "one" | "other" }
  | { does: "arrive" | "lose" | "double"; which: number };

const node = fc.constantFrom("one" as const, "other" as const);
const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant("post" as const), on: node }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("edit", "edit", "delete"), on: node, which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("import" as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("join" as const), on: node, from: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("look" as const), on: node }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom("arrive", "lose", "double"), which }) },
);

interface Frame {
  prev: number;
  rev: number;
  message: { id: string; rev: number; text: string };
}

/** A subscription as a client sees it: where it began, and what came live above its head. */
interface View {
  place: OpenPlace;
  from: number;
  frames(): Frame[];
}

async function view(place: OpenPlace, room: { id: string }, from: number): Promise<View> {
  const since = place.events.length;
  const { replay, head = 0 } = await place.subscribe(nodes.jun, `/topic/rooms/${room.id}`, { from: String(from) });
  const frameOf = ({ headers, body }: { headers: Record<string, string>; body: string }): Frame => {
    const { id, rev, text } = JSON.parse(body);
    return { prev: Number(headers.prev), rev: Number(headers.rev), message: { id, rev, text } };
  };
  return {
    place,
    from,
    // As the gateway does it: registered before the head was read, and what the replay covered is dropped.
    frames: () => [
      ...replay.map(frameOf),
      ...place.events
        .slice(since)
        .flatMap((event) => ("topic" in event && event.topic === `/topic/rooms/${room.id}` ? [event] : []))
        .filter(({ position = 0 }) => position > head)
        .map(frameOf),
    ],
  };
}

test("however commits, edits, deletions and hints fall, every view of 준's comes to what the room is, in order, without a hole or a double", async () => {
  const { one, other, hub, mina } = nodes;
  hub.holding = true;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const room = await one.chat.rooms.create(mina, { name: "뒤섞임" });
      // Nobody listens on the other node until a step says so.
      const views = [await view(one, room, 0)];
      await takeAll(steps, room, views);
      // Every other one of the rest is lost; then the relay was away, and is back.
      for (const [n, parcel] of hub.held.splice(0).entries()) if (n % 2 === 0) hub.release(parcel);
      for (const place of [one, other]) place.live.returned();
      for (const each of views) await isWhole(each, room);
    }),
    { numRuns: 60, endOnFailure: true },
  );
  hub.holding = false;
}, 240_000);

async function takeAll(steps: Step[], room: { id: string }, views: View[]): Promise<void> {
  const under: Promise<unknown>[] = [];
  for (const each of steps) {
    under.push(take(each, room, views));
    // Some of what is under way comes to its end between two steps, some does not.
    if (under.length % 3 === 0) await new Promise(setImmediate);
  }
  await Promise.all(under);
}

/** The states of messages as the database has them, in the order of their last changes. */
async function statesOf(room: { id: string }): Promise<Frame["message"][]> {
  const rows = await nodes.one.database.rows(
    `select id, rev, text from messages where room = '${room.id}' order by rev`,
  );
  return rows as unknown as Frame["message"][];
}

/** A state that was superseded may be missing, and nothing else. */
async function isWhole({ frames, from }: View, room: { id: string }): Promise<void> {
  const present = await statesOf(room);
  const head = Math.max(from, present.at(-1)?.rev ?? 0);
  await until(`rev ${head}`, () => (frames().at(-1)?.rev ?? from) >= head);
  let cursor = from;
  for (const { prev, rev, message } of frames()) {
    // Greater, and a client would take it for a hole.
    expect(prev).toBeLessThanOrEqual(cursor);
    expect(rev).toBeGreaterThan(cursor);
    expect(message.rev).toBe(rev);
    cursor = rev;
  }
  expect(cursor).toBe(head);
  const seen = new Map(frames().map(({ message }) => [message.id, message]));
  expect([...seen.values()].sort((a, b) => a.rev - b.rev)).toEqual(present.filter(({ rev }) => rev > from));
}

async function take(each: Step, room: { id: string }, views: View[]): Promise<unknown> {
  const places = { one: nodes.one, other: nodes.other };
  const head = Math.max(0, ...views.flatMap(({ frames }) => frames().map(({ rev }) => rev)));
  switch (each.does) {
    case "post":
      return places[each.on].post(nodes.mina, room, "말");
    case "edit":
    case "delete":
      return change(each, room);
    case "import":
      return bring(room, each.count);
    case "join":
      return view(places[each.on], room, Math.min(each.from, head)).then((joined) => views.push(joined));
    case "look":
      return places[each.on].live.returned();
    default:
      return befall(each.does, each.which);
  }
}

let edits = 0;

async function change({ does, on, which }: Extract<Step, { does: "edit" | "delete" }>, room: { id: string }) {
  const place = nodes[on];
  const ids = (await statesOf(room)).map(({ id }) => id);
  if (ids.length === 0) return;
  const named = { messageId: ids[which % ids.length] as string };
  if (does === "delete") return await place.delete(nodes.mina, room, named);
  // It may have been deleted.
  return await outcome(place.edit(nodes.mina, room, named, `고침 ${++edits}`));
}

let brought = 0;

/** What no node hints at. */
function bring(room: { id: string }, count: number): Promise<unknown> {
  const messages = Array.from({ length: count }, () => ({
    ...{ id: `b${++brought}`, author: nodes.mina.user, text: "밖에서", createdAt: 1 },
  }));
  return nodes.one.store.write("importMessages", { actor: CONSOLE, now: 1, room: room.id, messages });
}

function befall(what: "arrive" | "lose" | "double", which: number): void {
  const { hub } = nodes;
  const parcel = hub.held[which % Math.max(1, hub.held.length)];
  if (!parcel) return;
  if (what !== "lose") hub.release(parcel);
  if (what !== "double") hub.held.splice(hub.held.indexOf(parcel), 1);
}
