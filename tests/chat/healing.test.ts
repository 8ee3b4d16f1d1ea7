import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import { createConnected } from "#server/chat/connected.ts";
import type { Told } from "#server/chat/course.ts";
import { createHealing } from "#server/chat/healing.ts";
import { createJoined } from "#server/chat/joined.ts";
import { createStream, type Stream } from "#server/chat/stream.ts";
import { createUnread } from "#server/chat/unread.ts";
import type { Store } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { type OpenPlace, openPlace } from "./open-place.ts";

let place: OpenPlace;
let mina: PersonActor;

beforeAll(async () => {
  place = await openPlace();
  mina = await place.signIn("mina@example.com");
});
afterAll(() => place.close());

/** A stream of its own beside the place's, which reads what was missed in the way that a test says. */
function openStream(read: (readMissed: () => Promise<unknown>) => Promise<unknown>) {
  const published: string[] = [];
  const history = { epoch: "one", failures: 0 };
  const answering = (name: "missed", input: never) => {
    const answer = () => place.store.read(name, input);
    return name === "missed" ? read(answer) : answer();
  };
  const store = { ...place.store, read: answering as Store["read"] };
  const stream = createStream({
    store,
    publish: (topic, { headers }) => published.push(`${topic.split("/").at(-1)} ${headers.rev}`),
    epoch: () => history.epoch,
    healed() {},
    failed() {
      history.failures += 1;
    },
  });
  return { stream, published, history };
}

/** 준 listens to a new room, of which nothing was told yet. */
async function listen(stream: Stream): Promise<string> {
  const { id } = await place.chat.rooms.create(mina, { name: "이야기" });
  stream.opening(id);
  stream.opened(id, 0);
  stream.subscribed(id);
  return id;
}

async function writeElsewhere(room: string): Promise<void> {
  const messages = [{ id: `m-${room}`, author: mina.user, text: "밖에서", createdAt: 1 }];
  await place.store.write("importMessages", { actor: CONSOLE, now: 1, room, messages });
}

const hint = (room: string, rev: number): Told => ({
  ...{ type: "posted", room, rev, countable: rev, author: mina.user, body: "{}", time: 1 },
});

test("when 미나 has said something in every room during an outage, 준 gets all of it, read a few rooms at a time", async () => {
  let reading = 0;
  let most = 0;
  const { stream, published } = openStream(async (readMissed) => {
    reading += 1;
    most = Math.max(most, reading);
    return await readMissed().finally(() => {
      reading -= 1;
    });
  });
  const rooms: string[] = [];
  for (let n = 0; n < 20; n++) rooms.push(await listen(stream));
  for (const room of rooms) await writeElsewhere(room);
  await stream.checkHeads();
  await until("all of them", () => published.length === rooms.length);
  expect(published.sort()).toEqual(rooms.map((room) => `${room} 1`).sort());
  expect(most).toBe(4);
});

test("while the database cannot be read, what 미나 says elsewhere does not pile up here without a bound", async () => {
  const { stream, published, history } = openStream(() => Promise.reject(new Error("nobody answers")));
  const room = await listen(stream);
  for (let rev = 2; rev <= 300; rev++) {
    stream.hinted(hint(room, rev));
    await turn();
  }
  await until("the reading to have failed", () => history.failures > 0);
  stream.hinted(hint(room, 1));
  expect(published).toEqual(Array.from({ length: 65 }, (_, n) => `${room} ${n + 1}`));
});

test("what was read of one history is not told to those who listen to the next", async () => {
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const { stream, published, history } = openStream(async (readMissed) => {
    const found = await readMissed();
    asked.resolve();
    await gate.promise;
    return found;
  });
  const room = await listen(stream);
  await writeElsewhere(room);
  await stream.checkHeads();
  await asked.promise;
  history.epoch = "two";
  stream.forget();
  gate.resolve();
  await place.store.read("epoch");
  expect(published).toEqual([]);
  stream.opening(room);
  stream.opened(room, 0);
  stream.hinted(hint(room, 1));
  expect(published).toEqual([`${room} 1`]);
});

test("a look at what 준 may have missed waits for the one before it, however slow the database is", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  let looks = 0;
  const store = { ...place.store, read: () => answers[looks++]?.promise } as unknown as Store;
  const publish = () => {};
  const [joined, connected] = [createJoined(store), createConnected(publish)];
  const { stop } = createHealing({
    ...{ store, joined, every: 2_000, isAlone: true, failed() {} },
    stream: createStream({ store, publish, epoch: () => "one", healed() {}, failed() {} }),
    unread: createUnread({ connected, joined, publish }),
  });
  onTestFinished(stop);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(looks).toBe(1);
  answers[0]?.resolve("one");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(looks).toBe(2);
});
