import type { Actor } from "#lib/chat/actor.ts";
import type { Context } from "#server/chat/context.ts";
import { createMessages } from "#server/chat/messages.ts";
import type { Store } from "#server/store/store.ts";
import { asConsole, founding, mina } from "#tests/store/founding.ts";
import { openFounded } from "./open-store.ts";

export const NOW = founding.now;
const person = { role: "member", kind: "person", passwordHash: null } as const;
export const jun = { via: "session", user: "jun", session: "js", expiresAt: NOW * 2 } as const;
const open = { topic: "", kind: "open", posting: "everyone" } as const;

/** 미나's place with 준 in it, an open room and one that is 미나's alone. */
export async function openPlace() {
  const founded = await openFounded();
  const { store } = founded;
  await store.write("addPerson", {
    ...asConsole,
    person: { ...person, id: "jun", name: "김 준", email: "jun@example.com" },
  });
  await store.write("openSession", { id: "js", user: "jun", now: NOW, expiresAt: NOW * 2, userAgent: "" });
  await store.write("createRoom", { actor: mina, now: NOW, id: "dev", room: { ...open, name: "개발 방" } });
  await store.write("createRoom", {
    actor: mina,
    now: NOW,
    id: "own",
    room: { ...open, kind: "members", name: "비밀" },
  });
  let posted = 0;
  const say = async (text: string, { room = "dev", actor = mina as Actor, at = NOW + posted } = {}) => {
    posted += 1;
    return await store.write("post", { actor, now: at, room, id: `p${posted}`, text });
  };
  return { ...founded, say, find: finder(store) };
}

/** The texts that somebody finds, in the order of the answer. */
function finder(store: Store) {
  const { search } = createMessages({ store, now: () => NOW } as Context);
  const answer = (q: string, actor: Actor = mina, more: { before?: string; limit?: number; zone?: string } = {}) =>
    search(actor, { q, ...more });
  const texts = async (q: string, actor: Actor = mina) => (await answer(q, actor)).messages.map(({ text }) => text);
  return Object.assign(texts, { answer });
}
