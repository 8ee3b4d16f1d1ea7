import { randomId } from "#lib/chat/ids.ts";
import { openStore } from "#server/store/store.ts";

/** Run as a program beside a server: `fill-room.ts DATABASE ROOM AUTHOR COUNT read|unread` appends that many numbered messages, one a minute. */
const [file, room, author, count, state] = process.argv.slice(2) as [string, string, string, string, string];
const AT_ONCE = 5_000;

const store = await openStore({ file });
const total = Number(count);
const begin = Date.now() - total * 60_000;
for (let done = 0; done < total; done += AT_ONCE) {
  const messages = Array.from({ length: Math.min(AT_ONCE, total - done) }, (_, index) => {
    const number = done + index + 1;
    const text = `${number}번째 말${number % 3 === 0 ? `\n${"길게 이어지는 이야기 ".repeat(4 * (number % 5))}` : ""}`;
    return { id: randomId(), author, text, createdAt: begin + number * 60_000 };
  });
  await store.write("importMessages", {
    actor: { via: "console" },
    now: Date.now(),
    room,
    messages,
    read: state === "read",
  });
}
await store.close();
