import { expect, onTestFinished, test } from "vitest";
import { startPurging } from "#server/chat/purging.ts";
import { asConsole, founding, minasSession } from "#tests/store/founding.ts";
import { until } from "#tests/support/until.ts";
import { openFounded } from "./open-store.ts";

const DAY = 86_400_000;

/** 미나's place, with its rows counted behind the store's back. */
async function open() {
  const { store, count, close } = await openFounded();
  onTestFinished(close);
  const rename = (topic: string) => store.write("changeRoom", { ...asConsole, room: "by", changes: { topic } });
  return { store, rows: count, rename };
}

test("준's sessions that have expired are taken away, and 미나's stays", async () => {
  const { store, rows } = await open();
  await store.write("openSession", { ...minasSession, id: "old", expiresAt: founding.now + DAY });
  await store.write("purge", { now: founding.now + DAY - 1 });
  expect(await rows("sessions")).toBe(2);
  await store.write("purge", { now: founding.now + DAY });
  expect(await rows("sessions")).toBe(1);
});

test("changes go when every server has had a day to read them, and those after them are still heard", async () => {
  const { store, rows, rename } = await open();
  const heard: string[] = [];
  store.onCommitted(({ changes }) => heard.push(...changes.map(({ kind }) => kind)));
  await rename("하나");
  const before = await rows("changes");
  await store.write("purge", { now: founding.now });
  await store.write("purge", { now: founding.now + DAY - 1 });
  expect(await rows("changes")).toBe(before);
  await rename("둘");
  await store.write("purge", { now: founding.now + DAY });
  // The newest of the first day and what came after it.
  expect(await rows("changes")).toBe(2);
  await rename("셋");
  await until("the last change", () => heard.length === 3);
  expect(await rows("changes")).toBe(3);
});

test("what people did is looked up for half a year", async () => {
  const { store, rows, rename } = await open();
  await rename("하나");
  const before = await rows("audit");
  await store.write("purge", { now: founding.now + 179 * DAY });
  expect(await rows("audit")).toBe(before);
  await store.write("purge", { now: founding.now + 181 * DAY });
  expect(await rows("audit")).toBe(0);
});

test("one purge takes a few rows at a time, so that nobody's message waits for it; the server goes on until nothing is left", async () => {
  const { store, rows } = await open();
  const open700 = Array.from({ length: 700 }, (_, n) =>
    store.write("openSession", { ...minasSession, id: `s${n}`, expiresAt: founding.now + DAY }),
  );
  await Promise.all(open700);
  expect(await store.write("purge", { now: founding.now + DAY })).toEqual({ more: true });
  expect(await rows("sessions")).toBe(201);
  const stop = startPurging({ store, now: () => founding.now + DAY, every: 10, failed: () => {} });
  await until("the rest to be gone", async () => (await rows("sessions")) === 1);
  await stop();
});
