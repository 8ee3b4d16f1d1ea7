import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import { POSTING, type Posting, ROOM_KINDS, type Room, type RoomKind } from "#lib/chat/room.ts";
import { type OpenPlace, openPlace, outcome } from "./open-place.ts";

// Who somebody is in the place, and in the room.
const PEOPLE = {
  "an admin who was not let in": ["admin", undefined],
  "an admin who was let in": ["admin", "member"],
  "a member who was not let in": ["member", undefined],
  "a member who was let in": ["member", "member"],
  "a member who made the room": ["member", "admin"],
} as const;
type Who = keyof typeof PEOPLE;

const CASES = ROOM_KINDS.flatMap((kind) =>
  POSTING.flatMap((posting) => [true, false].map((archived) => ({ kind, posting, archived }))),
);
const nameOf = ({ kind, posting, archived }: (typeof CASES)[number]) =>
  `${kind} room, ${posting} may post${archived ? ", archived" : ""}`;

let place: OpenPlace;
const actors = new Map<Who, PersonActor>();
const rooms = new Map<string, Room>();

beforeAll(async () => {
  place = await openPlace();
  const { chat } = place;
  for (const [index, who] of Object.entries(Object.keys(PEOPLE))) {
    actors.set(who as Who, await place.person(`사람${index}`, PEOPLE[who as Who][0]));
  }
  // Only admins of the place make rooms, so whoever leads one without being one has been one.
  const maker = actors.get("a member who made the room") as PersonActor;
  await chat.people.changeOther(CONSOLE, maker.user, { role: "admin" });
  for (const name of CASES.map(nameOf)) rooms.set(name, await chat.rooms.create(maker, { name, kind: "open" }));
  await chat.people.changeOther(CONSOLE, maker.user, { role: "member" });
  for (const { kind, posting, archived } of CASES) {
    const { id } = rooms.get(nameOf({ kind, posting, archived })) as Room;
    for (const who of ["an admin who was let in", "a member who was let in"] as const) {
      await chat.rooms.grant(CONSOLE, id, (actors.get(who) as PersonActor).user);
    }
    const messages = Object.keys(PEOPLE).flatMap((who, index) => [
      { id: `m${index}`, author: (actors.get(who as Who) as PersonActor).user, text: "내 말", createdAt: 1 },
      { id: `th${index}`, author: "somebody", text: "남의 말", createdAt: 1 },
    ]);
    await place.store.write("importMessages", { actor: CONSOLE, now: 1, room: id, messages: messages.map(named(id)) });
    await chat.rooms.change(CONSOLE, id, { kind, posting, archived });
  }
});
afterAll(() => place.close());

/** Ids are unique in the place. */
const named =
  (room: string) =>
  <Message extends { id: string }>(message: Message) => ({ ...message, id: `${message.id}${room}` });

/** The rules once more, in the words of the design. */
function expected(who: Who, kind: RoomKind, posting: Posting, archived: boolean) {
  const [role, part] = PEOPLE[who];
  const mayRead = kind === "open" || (kind === "admins" ? role === "admin" : part !== undefined);
  if (!mayRead)
    return { read: "not-found", post: "not-found", withdraw: "not-found", manage: "not-found", touch: "not-found" };
  const leads = role === "admin" || part === "admin";
  const post = archived ? "archived" : posting === "admins" && !leads ? "read-only" : "done";
  return { read: "done", post, withdraw: "done", manage: leads ? "done" : "forbidden", touch: "forbidden" };
}

describe.each(CASES.map((one) => [nameOf(one), one] as const))("%s", (name, { kind, posting, archived }) => {
  test.each(Object.keys(PEOPLE) as Who[])("%s may do what the rules say", async (who) => {
    const { chat } = place;
    const actor = actors.get(who) as PersonActor;
    const { id } = rooms.get(name) as Room;
    const { read, post, withdraw, manage, touch } = expected(who, kind, posting, archived);
    const seen = (await chat.rooms.list(actor)).find((room) => room.id === id);
    if (read !== "done") expect(seen).toBeUndefined();
    else expect(seen).toMatchObject({ mayPost: post === "done", mayManage: manage === "done" });
    expect(await outcome(chat.rooms.get(actor, id))).toBe(read);
    expect(await outcome(chat.messages.page(actor, id, {}))).toBe(read);
    expect(await outcome(chat.rooms.members(actor, id))).toBe(read);
    expect(await outcome(place.subscribe(actor, `/topic/rooms/${id}`))).toBe(read);
    expect(await outcome(place.subscribe(actor, `/topic/rooms/${id}/activity`))).toBe(read);
    expect(await outcome(chat.rooms.change(actor, id, { topic: who }))).toBe(manage);
    expect(await outcome(place.post(actor, { id }, "여기 있어요"))).toBe(post);
    const index = Object.keys(PEOPLE).indexOf(who);
    const messageId = (whose: string) => named(id)({ id: `${whose}${index}` }).id;
    const [mine, theirs] = [{ messageId: messageId("m") }, { messageId: messageId("th") }];
    expect(await outcome(place.edit(actor, { id }, mine, "고친 말"))).toBe(post);
    expect(await outcome(place.edit(actor, { id }, theirs, "고친 말"))).toBe(touch);
    expect(await outcome(place.delete(actor, { id }, mine))).toBe(withdraw);
    expect(await outcome(place.delete(actor, { id }, theirs))).toBe(manage);
  });
});
