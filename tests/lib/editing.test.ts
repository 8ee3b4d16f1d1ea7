import { expect, test } from "vitest";
import { Drafts } from "#lib/client/drafts.ts";
import { RoomEditing } from "#lib/client/editing.ts";
import { settled } from "./manual-clock.ts";
import { messageOf } from "./message-of.ts";
import { ACTIVITY, enter } from "./scripted-room.ts";

const keptIn = (kept: Map<string, string>) => ({
  get length() {
    return kept.size;
  },
  key: (n: number) => [...kept.keys()][n] ?? null,
  getItem: (name: string) => kept.get(name) ?? null,
  removeItem: (name: string) => void kept.delete(name),
  setItem: (name: string, value: string) => void kept.set(name, value),
});

test("what 미나 was typing over a message is there again after a reload, and nothing when she was done", async () => {
  const storage = keptIn(new Map());
  const before = new RoomEditing("room", new Drafts("mina", storage));
  before.begin("m1");
  before.type("m1", "고치는 중");
  const after = new RoomEditing("room", new Drafts("mina", storage));
  after.restore();
  expect([after.get(), after.text("m1"), after.takeFocus()]).toEqual(["m1", "고치는 중", false]);
  after.end();
  const later = new RoomEditing("room", new Drafts("mina", storage));
  later.restore();
  expect([later.get(), later.text("m1"), storage.length]).toEqual([undefined, "", 0]);
});

test("who turns to another message in the midst of an edit finds what was typed when coming back to the first", () => {
  const editing = new RoomEditing("room", new Drafts("mina", undefined));
  editing.begin("m1");
  editing.type("m1", "고치는 중");
  editing.begin("m2");
  editing.end();
  editing.begin("m1");
  expect(editing.text("m1")).toBe("고치는 중");
});

test("an edit that was put aside is not gone on with by itself, and what was typed is there when 미나 begins again", () => {
  const storage = keptIn(new Map());
  const editing = new RoomEditing("room", new Drafts("mina", storage));
  editing.begin("m1");
  editing.type("m1", "고치는 중");
  editing.putAside();
  const after = new RoomEditing("room", new Drafts("mina", storage));
  after.restore();
  expect(after.get()).toBe(undefined);
  after.begin("m1");
  expect(after.text("m1")).toBe("고치는 중");
});

test("what was saved late does not end the edit of another message that 미나 has begun meanwhile", () => {
  const editing = new RoomEditing("room", new Drafts("mina", undefined));
  const back = () => {};
  editing.begin("m1");
  editing.type("m1", "먼저 고친 말");
  editing.begin("m2", back);
  editing.type("m2", "고치는 중");
  expect(editing.done("m1")).toBe(undefined);
  expect([editing.get(), editing.text("m1"), editing.text("m2")]).toEqual(["m2", "", "고치는 중"]);
  expect(editing.done("m2")).toBe(back);
  expect([editing.get(), editing.text("m2")]).toEqual([undefined, ""]);
});

test("the editor takes the focus when it is asked for, once, and what it was asked from gets it back", () => {
  const editing = new RoomEditing("room", new Drafts("mina", undefined));
  const back = () => {};
  editing.begin("m1", back);
  expect([editing.takeFocus(), editing.takeFocus()]).toEqual([true, false]);
  expect([editing.end(), editing.end()]).toEqual([back, undefined]);
});

test("an edit says which message it is of, and waits for its RECEIPT", async () => {
  const { around, store } = await enter();
  const message = messageOf({ seq: 2, author: "mina" });
  const edited = store.edit(message, "고침");
  const destination = "/app/rooms/room/edit";
  expect(JSON.parse(around.socket.last("SEND", destination).body)).toEqual({
    messageId: message.id,
    seq: 2,
    text: "고침",
  });
  around.socket.receipt("SEND", destination);
  await expect(edited).resolves.toBeUndefined();
});

test("without a connection an edit and a deletion are refused, and may be tried again", async () => {
  const { around, store } = await enter();
  const message = messageOf({ seq: 2, author: "mina" });
  const lost = expect(store.edit(message, "고침")).rejects.toMatchObject({ code: "busy", field: "connection" });
  around.socket.drop();
  await lost;
  await expect(store.delete(message)).rejects.toMatchObject({ code: "busy", field: "connection" });
});

test("somebody who edits an old message goes on typing a new one", async () => {
  const { around, store, stand, tell } = await enter();
  await stand(3);
  around.socket.tell(ACTIVITY, { type: "typing", user: "jun", on: true }, {});
  tell(4, 3, { seq: 1, rev: 4 });
  await settled();
  expect(store.get().typing).toEqual(["jun"]);
  tell(5, 4);
  expect(store.get().typing).toEqual([]);
});
