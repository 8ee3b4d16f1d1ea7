import { expect, it } from "vitest";
import { openRooms } from "#components/dialogs/open-rooms.ts";
import { splitMembers } from "#components/dialogs/split-members.ts";
import type { Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";

const person = (id: string, name: string, suspended = false): Person => ({
  id,
  name,
  title: "",
  role: "member",
  kind: "person",
  suspended,
});
const people = [person("1", "준"), person("2", "미나"), person("3", "Daniel Kim"), person("4", "민준", true)];
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

it("미나 finds whom to let in by initials, and members stand apart", () => {
  const { inside, outside } = splitMembers({ people, members: [{ user: "1", role: "member" }], query: "ㅁㄴ" });
  expect(names(inside)).toEqual([]);
  expect(names(outside)).toEqual(["미나"]);
});

it("without a query everybody is listed by name, Korean before Latin", () => {
  const { inside, outside } = splitMembers({ people, members: [{ user: "1", role: "admin" }], query: " " });
  expect(names(inside)).toEqual(["준"]);
  expect(names(outside)).toEqual(["미나", "Daniel Kim"]);
});

it("a suspended person can be removed from a room but not let in", () => {
  const members = [{ user: "4", role: "member" as const }];
  expect(names(splitMembers({ people, members, query: "" }).inside)).toEqual(["민준"]);
  expect(names(splitMembers({ people, members: [], query: "" }).outside)).not.toContain("민준");
});

it("the place itself, which speaks in its first room, cannot be let in", () => {
  const host: Person = { ...person("5", "달빛"), kind: "bot", host: true };
  expect(names(splitMembers({ people: [...people, host], members: [], query: "" }).outside)).not.toContain("달빛");
});

it("준 browses open rooms only, archived ones last", () => {
  const room = (name: string, changes: Partial<Room> = {}) =>
    ({ name, kind: "open", archived: false, ...changes }) as Room;
  const rooms = [room("지난 행사", { archived: true }), room("하늘"), room("운영", { kind: "members" }), room("개발")];
  expect(names(openRooms(rooms, ""))).toEqual(["개발", "하늘", "지난 행사"]);
  expect(names(openRooms(rooms, "ㄱㅂ"))).toEqual(["개발"]);
});
