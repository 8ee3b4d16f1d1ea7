import { expect, onTestFinished, test } from "vitest";
import { shareDatabase } from "#server/store/postgres/server-lock.ts";
import { founding, mina, minaSays, minasSession } from "#tests/store/founding.ts";
import { emptyDatabase, openNode } from "./open-store.ts";

test("while servers run, what 미나 said is made searchable at once, and edited without waiting for them", async () => {
  const url = await emptyDatabase();
  onTestFinished(await shareDatabase(url));
  onTestFinished(await shareDatabase(url));
  const [one, two] = [await openNode(url), await openNode(url)];
  await one.write("claim", founding);
  await one.write("openSession", minasSession);
  const { id, seq } = await one.write("post", minaSays("회의는 세시", "k1"));
  expect(await one.write("indexMessages", { room: "by" })).toEqual({ more: false });
  const edit = { actor: mina, now: founding.now, room: "by", messageId: id, seq, text: "회의는 네시" };
  await two.write("editMessage", edit);
  const query = { words: ["네시"], from: [], in: [], hasLink: false };
  const found = await one.read("search", { actor: mina, now: founding.now, query, limit: 5 });
  expect(found.messages.map(({ text }) => text)).toEqual(["회의는 네시"]);
});
