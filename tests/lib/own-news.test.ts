import { expect, test } from "vitest";
import type { Me } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Inbox } from "#lib/client/chat-client.ts";
import { ownNews } from "#lib/client/own-news.ts";

const inbox = (role: Me["role"], ...rooms: Partial<Room>[]): Inbox => ({
  me: { id: "jun", role } as Me,
  rooms: new Map(rooms.map((room) => [room.id ?? "", room as Room])),
  people: new Map(),
});
const room = (changes: Partial<Room> = {}) => ({ id: "r", name: "개발", joined: true, leads: false, ...changes });

test("준 hears what was made of him, in the place and in his rooms, and what was taken back", () => {
  const before = inbox("member", room());
  const after = inbox("admin", room({ leads: true }));
  expect(ownNews(before, after)).toEqual([{ role: "admin" }, { role: "admin", room: "개발" }]);
  expect(ownNews(after, before)).toEqual([{ role: "member" }, { role: "member", room: "개발" }]);
});

test("a room that 준 makes, joins or leaves is no news about him, nor is anything else that changes", () => {
  const led = room({ leads: true });
  expect(ownNews(inbox("member"), inbox("member", led))).toEqual([]);
  expect(ownNews(inbox("member", led), inbox("member"))).toEqual([]);
  expect(ownNews(inbox("member", room({ joined: false })), inbox("member", led))).toEqual([]);
  expect(ownNews(inbox("member", led), inbox("member", room({ joined: false })))).toEqual([]);
  expect(ownNews(inbox("member", room()), inbox("member", room({ name: "새 이름" })))).toEqual([]);
});
