import { expect, onTestFinished, test } from "vitest";
import { CONSOLE } from "#lib/chat/actor.ts";
import { until } from "#tests/support/until.ts";
import { openPlace } from "./open-place.ts";
import { arrive, inboxOf, openTwoNodes } from "./two-nodes.ts";

test("when the database lost what 미나 said and was renewed, 준 is sent away though he has no room open, and what she says instead counts in his inbox", async () => {
  let sentAway = 0;
  const nodes = await openTwoNodes({
    checkHeadsEvery: 20,
    sendAway() {
      sentAway += 1;
    },
  });
  onTestFinished(() => nodes.close());
  const { one, other, mina, jun } = nodes;
  const room = await one.chat.rooms.create(mina, { name: "이야기", kind: "members" });
  await one.chat.rooms.grant(mina, room.id, jun.user);
  await arrive(one, mina);
  await arrive(other, jun);
  const bumps = () => inboxOf(other, jun).flatMap(({ type, seq }) => (type === "bump" ? [seq] : []));
  for (const text of ["하나", "둘", "셋"]) await one.post(mina, room, text);
  await until("all three to count", () => bumps().at(-1) === 3);

  await one.database.rows(`delete from messages where room = '${room.id}'`);
  await one.database.rows(`update rooms set head = 0, last_seq = 0, countable = 0 where id = '${room.id}'`);
  await one.store.write("renewEpoch", { actor: CONSOLE, now: 1, epoch: "anew" });
  await until("both nodes to have noticed", () => sentAway === 2);
  other.events.length = 0;
  await one.post(mina, room, "다시 하나");
  await until("it to count", () => bumps().length > 0);
  expect(bumps()).toEqual([1]);
});

test("hints that rest on changes which the database does not have are counted, not logged one by one", async () => {
  const failures: unknown[] = [];
  const { one, close } = await openTwoNodes({ failed: (error) => failures.push(error) });
  onTestFinished(close);
  const hint = { kind: "typing", room: "x", user: "x", on: true };
  const envelope = { v: 1, node: "ahead", epoch: await one.store.read("epoch"), asOf: one.store.known() + 1_000 };
  for (let times = 0; times < 20; times++) one.live.heard(JSON.stringify({ ...envelope, hint }));
  await until("all to be given up", () => failures.length + one.live.counts().ignored >= 20);
  expect(failures).toEqual([]);
});

test("준 is sent away from a server that is alone, too, when he has no room open", async () => {
  let isSentAway = false;
  const place = await openPlace({
    sendAway() {
      isSentAway = true;
    },
  });
  onTestFinished(() => place.close());
  await arrive(place, await place.person("준"));
  await place.store.write("renewEpoch", { actor: CONSOLE, now: 1, epoch: "anew" });
  await until("it to have noticed", () => isSentAway);
});
