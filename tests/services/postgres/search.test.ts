import { expect, onTestFinished, test } from "vitest";
import { shareDatabase } from "#server/store/postgres/server-lock.ts";
import { founding, mina, minaSays } from "#tests/store/founding.ts";
import { openTwoNodes } from "./open-store.ts";

const asMina = { actor: mina, now: founding.now, room: "by" };

test("beside servers that run 미나 edits and deletes, and what she says is made searchable", async () => {
  const {
    url,
    nodes: [node],
  } = await openTwoNodes();
  for (const letGo of [await shareDatabase(url), await shareDatabase(url)]) onTestFinished(letGo);
  const { id: messageId, seq } = await node.write("post", minaSays("처음 말", "k1"));
  expect(await node.write("indexMessages", { room: "by" })).toEqual({ more: false });
  expect(await node.write("editMessage", { ...asMina, messageId, seq, text: "고친 말" })).toMatchObject({ seq });
  expect(await node.write("deleteMessage", { ...asMina, messageId, seq })).toMatchObject({ seq });
});
