import { beforeAll, expect, test } from "vitest";
import type { Store } from "#server/store/store.ts";
import { founding, mina, minaSays } from "#tests/store/founding.ts";
import { openFounded } from "./open-store.ts";

let store: Store;
/** Another process on the same database. */
let other: Store;
let rows: Awaited<ReturnType<typeof openFounded>>["rows"];

beforeAll(async () => {
  const opened = await openFounded();
  ({ store, rows } = opened);
  other = await opened.open();
  return opened.close;
});

const asking = { actor: mina, now: founding.now, room: "by" };

/** Posts, and names what was posted. */
async function say(text: string, clientId: string) {
  const { id, seq } = await store.write("post", minaSays(text, clientId));
  return { messageId: id, seq };
}

test("posts, edits and deletions of two processes at once take the room's numbers one by one", async () => {
  const said = await Promise.all(Array.from({ length: 20 }, (_, n) => say(`${n}번째`, `k${n}`)));
  const before = Math.max(...said.map(({ seq }) => seq));
  const answers = await Promise.all(
    said.flatMap((named, n) => [
      (n % 2 ? store : other).write("editMessage", { ...asking, ...named, text: `${n}번째 고침` }),
      (n % 2 ? other : store).write("post", minaSays("그 사이에", `b${n}`)),
    ]),
  );
  const deleted = await Promise.all(said.map((named) => other.write("deleteMessage", { ...asking, ...named })));
  const revs = [...answers, ...deleted].map(({ rev }) => rev).sort((one, two) => one - two);
  expect(revs).toEqual(Array.from({ length: 60 }, (_, n) => before + n + 1));
  const { heads } = await store.read("heads", { rooms: ["by"] });
  expect(heads).toMatchObject([{ head: before + 60, countable: 41 }]);
});

test("the main thread hears of edits and deletions in the order of all commits, each before its command is answered", async () => {
  const named = await say("처음", "order");
  const heard: string[] = [];
  store.onCommitted(({ effects }) => {
    for (const effect of effects) if (effect.type !== "read") heard.push(`${effect.type} ${effect.rev}`);
  });
  const edited = store.write("editMessage", { ...asking, ...named, text: "고침" }).then(({ rev }) => {
    expect(heard).toContain(`revised ${rev}`);
    return rev;
  });
  const posted = store.write("post", minaSays("다음", "order2")).then(({ rev }) => rev);
  const deleted = store.write("deleteMessage", { ...asking, ...named }).then(({ rev }) => rev);
  const [first, second, third] = await Promise.all([edited, posted, deleted]);
  expect(heard).toEqual([`revised ${first}`, `posted ${second}`, `revised ${third}`]);
  expect([second, third]).toEqual([first + 1, first + 2]);
});

test("no row of any table has a text that was deleted or edited away", async () => {
  const [one, two] = [await say("비밀은 moonlight-1961", "secret1"), await say("moonlight-1961 이에요", "secret2")];
  await store.write("editMessage", { ...asking, ...one, text: "아무것도 아니에요" });
  await store.write("deleteMessage", { ...asking, ...two });
  for (const table of ["messages", "audit", "changes", "settings", "rooms"])
    expect(JSON.stringify(await rows(`select * from ${table}`))).not.toContain("moonlight-1961");
});
