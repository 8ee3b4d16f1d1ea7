import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import type { Room } from "#lib/chat/room.ts";
import { openStore, type Store } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { bodyOf, type Event, type OpenPlace, openPlace } from "./open-place.ts";

let place: OpenPlace;
/** The same file, as the command line opens it while the server runs. */
let outside: Store;
let mina: PersonActor;
let jun: PersonActor;
let room: Room;

beforeAll(async () => {
  place = await openPlace();
  outside = await openStore(place.database.at);
  mina = await place.signIn("mina@example.com");
  jun = await place.person("준");
});
beforeEach(async () => {
  room = await place.chat.rooms.create(mina, { name: "이야기" });
});
afterAll(async () => {
  await outside.close();
  await place.close();
});

const stream = (of: { id: string }) =>
  place.events.flatMap((event) => (!("review" in event) && event.topic === `/topic/rooms/${of.id}` ? [event] : []));
const numbers = (of: { id: string }) => stream(of).map(({ headers }) => `${headers.prev} ${headers.rev}`);

const imported = (count: number) => ({
  ...{ actor: CONSOLE, now: 1, room: room.id },
  messages: Array.from({ length: count }, (_, n) => ({
    id: `x${n}`,
    author: mina.user,
    text: `밖에서 ${n}`,
    createdAt: n,
  })),
});

test("a message is published once, with its numbers, the same for everyone", async () => {
  await place.subscribe(jun, `/topic/rooms/${room.id}`);
  await place.post(mina, room, "안녕하세요", `k-${room.id}`);
  const [frame] = stream(room);
  const epoch = await place.store.read("epoch");
  expect(frame).toMatchObject({
    destination: `/topic/rooms/${room.id}`,
    headers: { "message-id": `${room.id}.1`, room: room.id, rev: "1", prev: "0", epoch, "client-id": `k-${room.id}` },
    position: 1,
  });
  expect(frame!.headers.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(bodyOf(frame!)).toMatchObject({ room: room.id, seq: 1, rev: 1, author: mina.user, text: "안녕하세요" });
});

test("what another process wrote is published too, in order, before what comes after it", async () => {
  await place.subscribe(jun, `/topic/rooms/${room.id}`);
  await outside.write("importMessages", imported(3));
  await place.post(mina, room, "안에서");
  await until("all four", () => stream(room).length >= 4);
  expect(numbers(room)).toEqual(["0 1", "1 2", "2 3", "3 4"]);
});

test("even the last message of another process arrives, in a quiet room", async () => {
  await place.subscribe(jun, `/topic/rooms/${room.id}`);
  await outside.write("importMessages", imported(1));
  await until("the message", () => stream(room).length > 0);
  expect(numbers(room)).toEqual(["0 1"]);
});

test("after far too many messages of another process the newest comes alone, and its prev shows the hole", async () => {
  await place.subscribe(jun, `/topic/rooms/${room.id}`);
  await outside.write("importMessages", imported(700));
  await until("the newest", () => stream(room).length > 0);
  expect(numbers(room)).toEqual(["699 700"]);
});

test("what was said after 준 was taken out is healed behind his review, however slowly changes are polled", async () => {
  const slow = await openPlace({ pollEvery: 3_600_000 });
  const beside = await openStore(slow.database.at);
  onTestFinished(async () => {
    await beside.close();
    await slow.close();
  });
  const [admin, guest] = [await slow.signIn("mina@example.com"), await slow.person("준")];
  const { id } = await slow.chat.rooms.create(admin, { name: "함께", kind: "members" });
  await slow.chat.rooms.grant(admin, id, guest.user);
  await slow.subscribe(guest, `/topic/rooms/${id}`);
  const asConsole = { actor: CONSOLE, now: 1, room: id };
  await beside.write("revoke", { ...asConsole, user: guest.user });
  slow.events.length = 0;
  const messages = [{ id: "after", author: admin.user, text: "이제 우리끼리", createdAt: 1 }];
  await beside.write("importMessages", { ...asConsole, messages });
  const isFrame = (event: Event) => "topic" in event && event.topic === `/topic/rooms/${id}`;
  await until("the message", () => slow.events.some(isFrame));
  const isReview = (event: Event) => "review" in event && event.review.users.includes(guest.user);
  expect(slow.events.findIndex(isReview)).toBeGreaterThanOrEqual(0);
  expect(slow.events.findIndex(isReview)).toBeLessThan(slow.events.findIndex(isFrame));
});
