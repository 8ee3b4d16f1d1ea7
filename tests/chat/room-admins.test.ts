import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import type { Room } from "#lib/chat/room.ts";
import { type OpenPlace, openPlace, outcome } from "./open-place.ts";

let place: OpenPlace;
let mina: PersonActor;
let jun: PersonActor;
/** For members only: 미나 made it, 준 is in it. */
let room: Room;
let people = 0;

beforeAll(async () => {
  place = await openPlace();
  mina = await place.signIn("mina@example.com");
});
beforeEach(async () => {
  jun = await place.person(`준 ${++people}`);
  room = await place.chat.rooms.create(mina, { name: "함께", kind: "members" });
  await place.chat.rooms.grant(mina, room.id, jun.user);
});
afterAll(() => place.close());

const roleOf = async ({ user }: PersonActor, { id } = room) =>
  (await place.chat.rooms.members(CONSOLE, id)).find((member) => member.user === user)?.role;
const lastAdmin = { code: "forbidden", field: "lastRoomAdmin" };

test("미나 makes 준 an admin of the room, he manages it, and she takes it back", async () => {
  const { rooms } = place.chat;
  expect(await rooms.get(jun, room.id)).toMatchObject({ leads: false, mayManage: false });
  await rooms.grant(mina, room.id, jun.user, "admin");
  expect(await rooms.get(jun, room.id)).toMatchObject({ leads: true, mayManage: true });
  const sora = await place.person(`소라 ${people}`);
  await rooms.grant(jun, room.id, sora.user);
  expect(await outcome(rooms.grant(sora, room.id, sora.user, "admin"))).toBe("forbidden");
  await rooms.grant(mina, room.id, jun.user);
  expect(await roleOf(jun)).toBe("admin");
  await rooms.grant(mina, room.id, jun.user, "member");
  expect(await rooms.get(jun, room.id)).toMatchObject({ leads: false, mayManage: false });
  expect(await outcome(rooms.revoke(jun, room.id, sora.user))).toBe("forbidden");
});

test("the last admin of a members room neither leaves nor is removed nor demoted, until there is another or it is archived", async () => {
  const { rooms } = place.chat;
  await expect(rooms.leave(mina, room.id)).rejects.toMatchObject(lastAdmin);
  await expect(rooms.revoke(mina, room.id, mina.user)).rejects.toMatchObject(lastAdmin);
  await expect(rooms.grant(mina, room.id, mina.user, "member")).rejects.toMatchObject(lastAdmin);
  expect(await roleOf(mina)).toBe("admin");
  await rooms.grant(mina, room.id, jun.user, "admin");
  await rooms.leave(mina, room.id);
  await expect(rooms.leave(jun, room.id)).rejects.toMatchObject(lastAdmin);
  await rooms.change(jun, room.id, { archived: true });
  await rooms.leave(jun, room.id);
  expect(await rooms.members(CONSOLE, room.id)).toEqual([]);
});

test("미나 and 준, its two admins, leave at the same moment: one of them does", async () => {
  const { rooms } = place.chat;
  await rooms.grant(mina, room.id, jun.user, "admin");
  const outcomes = await Promise.all([outcome(rooms.leave(mina, room.id)), outcome(rooms.leave(jun, room.id))]);
  expect(outcomes).toEqual(["done", "forbidden"]);
  expect(await rooms.members(CONSOLE, room.id)).toEqual([{ user: jun.user, role: "admin" }]);
});

test("an admin who is suspended or a bot does not keep the room for 미나", async () => {
  const { rooms, people: everybody } = place.chat;
  await rooms.grant(mina, room.id, jun.user, "admin");
  await everybody.changeOther(mina, jun.user, { suspended: true });
  const bot = { name: "봇", email: `bot${people}@example.com`, password: "사랑방 봇의 비밀번호" };
  const { id } = await everybody.add(CONSOLE, { ...bot, role: "member", kind: "bot" });
  await rooms.grant(mina, room.id, id, "admin");
  await expect(rooms.leave(mina, room.id)).rejects.toMatchObject(lastAdmin);
  await rooms.grant(mina, room.id, jun.user, "member");
  await rooms.revoke(mina, room.id, jun.user);
});

test("somebody who manages the room only as an admin of the place names its admin before leaving", async () => {
  const { rooms } = place.chat;
  const hana = await place.person(`하나 ${people}`, "admin");
  await rooms.grant(mina, room.id, hana.user);
  await rooms.revoke(CONSOLE, room.id, mina.user);
  await expect(rooms.leave(hana, room.id)).rejects.toMatchObject(lastAdmin);
  await rooms.grant(hana, room.id, jun.user, "admin");
  await rooms.leave(hana, room.id);
  await rooms.leave(await place.person(`두리 ${people}`, "admin"), (await openRoom()).id);
});

test("an open room may be left by all of its admins, and whoever closes it is one again", async () => {
  const { rooms } = place.chat;
  const open = await openRoom();
  await rooms.leave(mina, open.id);
  await rooms.join(mina, open.id);
  expect(await roleOf(mina, open)).toBe("member");
  await rooms.change(mina, open.id, { kind: "members" });
  expect(await roleOf(mina, open)).toBe("admin");
});

test("준, who manages a room and not the place, may not make it an admins room, and nothing of it is done", async () => {
  const { rooms } = place.chat;
  await rooms.grant(mina, room.id, jun.user, "admin");
  const changes = { kind: "admins", topic: "비밀" } as const;
  await expect(rooms.change(jun, room.id, changes)).rejects.toMatchObject({ code: "forbidden", field: "kind" });
  expect(await rooms.get(jun, room.id)).toMatchObject({ kind: "members", topic: "" });
  expect(await rooms.change(mina, room.id, changes)).toMatchObject({ kind: "admins", topic: "비밀" });
  expect(await outcome(rooms.get(jun, room.id))).toBe("not-found");
});

test("the place itself is somebody that nobody can let in", async () => {
  const everybody = await place.chat.people.list(mina);
  const [host, ...others] = everybody.filter(({ host }) => host);
  expect([host?.name, others]).toEqual(["달빛", []]);
  expect(await outcome(place.chat.rooms.grant(mina, room.id, host!.id))).toBe("not-found");
});

async function openRoom(): Promise<Room> {
  return await place.chat.rooms.create(mina, { name: "열린 방" });
}
