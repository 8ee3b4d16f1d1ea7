import type { Store } from "#server/store/store.ts";
import { asConsole, founding, mina, minasSession } from "#tests/store/founding.ts";
import { random, sentence } from "./talk.ts";

const AT_ONCE = 5_000;
const DAY = 86_400_000;

/** 미나's place with so many messages in so many rooms, spread over three years. */
export async function fill(store: Store, messages: number, rooms: number): Promise<string[]> {
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  const room = { topic: "", kind: "open", posting: "everyone" } as const;
  const ids = Array.from({ length: rooms }, (_, n) => `r${n}`);
  for (const id of ids)
    await store.write("createRoom", { actor: mina, now: founding.now, id, room: { ...room, name: `방 ${id}` } });
  const next = random(1);
  const pause = (1_000 * DAY) / messages;
  for (let done = 0, turn = 0; done < messages; done += AT_ONCE, turn++) {
    const batch = Array.from({ length: Math.min(AT_ONCE, messages - done) }, (_, index) => {
      const n = done + index;
      const createdAt = Math.floor(founding.now - 1_000 * DAY + n * pause);
      return { id: `i${n}`, author: n % 3 ? "mna" : "hst", text: sentence(next, n), createdAt };
    });
    await store.write("importMessages", {
      ...asConsole,
      room: ids[turn % rooms] as string,
      messages: batch,
      read: true,
    });
  }
  return ids;
}
