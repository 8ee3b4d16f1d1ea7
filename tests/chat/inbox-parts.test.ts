import { afterAll, beforeAll, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import { inboxOf } from "#lib/client/inbox-state.ts";
import { wholeSnapshots } from "#lib/client/whole-snapshots.ts";
import { bodyOf, type OpenPlace, openPlace } from "./open-place.ts";

type Snapshot = Extract<InboxEvent, { type: "snapshot" }>;

const INBOX = "/user/queue/inbox";
/** No frame of the server is longer than one that it accepts. */
const FRAME = 64 * 1024;

let place: OpenPlace;
let mina: PersonActor;
let bot: PersonActor;

beforeAll(async () => {
  place = await openPlace();
  mina = await place.signIn("mina@example.com");
  const [lobby] = await place.chat.rooms.list(mina);
  bot = await place.withToken(mina.user, { rooms: [lobby?.id ?? ""] });
  const rooms = Array.from({ length: 200 }, (_, n) =>
    place.chat.rooms.create(mina, { name: `${n}번 방`, topic: "오늘의 이야기 ".repeat(30).trim() }),
  );
  const people = Array.from({ length: 1_500 }, (_, n) =>
    place.store.write("addPerson", {
      actor: CONSOLE,
      now: Date.now(),
      person: {
        id: `p${n}`,
        email: null,
        name: `${"달".repeat(55)}${n}`,
        role: "member",
        kind: "bot",
        passwordHash: null,
      },
    }),
  );
  await Promise.all([...rooms, ...people]);
  // Thousands of transactions, on a machine that does other things as well.
}, 240_000);
afterAll(() => place.close());

for (const [who, actor] of [
  ["미나's inbox", () => mina],
  ["the inbox of her bot that knows one room", () => bot],
] as const) {
  test(`${who} in a large place begins with several frames, none of them long, that are one snapshot together`, async () => {
    const { replay } = await place.subscribe(actor(), INBOX);
    expect(replay.length).toBeGreaterThan(3);
    for (const { body } of replay) expect(Buffer.byteLength(body)).toBeLessThan(FRAME - 1_024);
    const heard: Snapshot[] = [];
    const tell = wholeSnapshots((event) => heard.push(event as Snapshot));
    for (const publication of replay) tell(bodyOf(publication));
    expect(heard.map(inboxOf)).toEqual([inboxOf(await place.chat.inbox(actor()))]);
  });
}

test("a snapshot that broke off with its connection is none of the next one's", async () => {
  const { replay } = await place.subscribe(mina, INBOX);
  const heard: Snapshot[] = [];
  const tell = wholeSnapshots((event) => heard.push(event as Snapshot));
  for (const publication of [replay[0]!, ...replay]) tell(bodyOf(publication));
  expect(heard.map(({ rooms }) => rooms.length)).toEqual([201]);
});

test("the people of a large place are the same publications in everybody's inbox, until one of them changes", async () => {
  const people = async (actor: PersonActor) =>
    (await place.subscribe(actor, INBOX)).replay.filter((publication) => bodyOf(publication).people.length > 0);
  const shown = await people(mina);
  expect(shown.length).toBeGreaterThan(1);
  const again = await people(mina);
  for (const [index, publication] of again.entries()) expect(publication).toBe(shown[index]);
  await place.chat.people.change(mina, { title: "방장" });
  expect(await people(mina)).not.toContain(shown[0]);
});
