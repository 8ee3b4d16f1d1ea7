import type { Language } from "#lib/chat/person.ts";
import { catalogOf } from "#lib/i18n/catalogs.ts";
import type { Founding } from "#server/store/commands/place.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";

export function createPlace({ store, passwords, now, newId }: Context): Chat["place"] {
  return {
    read: () => store.read("place"),
    async rename(actor, name) {
      await store.write("renamePlace", { actor, now: now(), name });
      return await store.read("place");
    },
    isLedBy: (actor) => store.read("leads", { actor, now: now() }),
    async claim({ placeName, language, name, email, password }) {
      const passwordHash = await passwords.hash(password);
      const admin = { id: newId(), email, name, role: "admin", kind: "person", passwordHash } as const;
      const at = now();
      return await store.write("claim", { now: at, admin, founding: founding(placeName, language, at, newId) });
    },
  };
}

/** The place speaks with its own name, and says in its one room how to bring others in. */
function founding(name: string, language: Language, now: number, newId: () => string): Founding {
  const { lobby } = catalogOf(language);
  const host = { id: newId(), email: null, name, role: "member", kind: "bot", passwordHash: null } as const;
  const welcome = { id: newId(), author: host.id, text: lobby.welcome(name), createdAt: now };
  return { name, language, host, lobby: { id: newId(), name: lobby.name }, welcome };
}
