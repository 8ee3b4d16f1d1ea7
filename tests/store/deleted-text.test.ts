import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "#server/store/store.ts";
import { founding, mina, minaSays, minasSession } from "./founding.ts";
import { tempFolder } from "./temp-folder.ts";

test.each([
  ["a few words", "비밀번호는 moonlight-1961 입니다"],
  // Longer than a page of the file.
  ["a long text", "비밀번호는 moonlight-1961 입니다. ".repeat(300)],
])("of %s that was deleted, or edited away, nothing is left in the file", async (_what, secret) => {
  const file = join(tempFolder(), "chat.db");
  const isThere = () => readFileSync(file).includes("moonlight-1961");
  const store = await openStore({ file });
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  for (const clientId of ["k1", "k2", "k3"]) {
    await store.write("post", minaSays(secret, clientId));
    await store.write("post", minaSays("그 사이의 말", `${clientId}b`));
  }
  // What is in the log moves to the file.
  await store.close();
  expect(isThere()).toBe(true);
  const again = await openStore({ file });
  const asking = { actor: mina, now: founding.now, room: "by" };
  await again.write("editMessage", { ...asking, messageId: "mk1", text: "아무것도 아닙니다" });
  for (const messageId of ["mk2", "mk3"]) await again.write("deleteMessage", { ...asking, messageId });
  await again.close();
  expect(isThere()).toBe(false);
});
