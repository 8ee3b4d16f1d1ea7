import { CONSOLE } from "#lib/chat/actor.ts";

const NOW = Date.UTC(2026, 10, 22);

const person = { title: "", role: "admin", kind: "person", passwordHash: null } as const;

/** Input of `claim`: 미나's place, with one room and one message in it. */
export const founding = {
  now: NOW,
  admin: { ...person, id: "mna", email: "mina@example.com", name: "미나" },
  founding: {
    name: "달빛",
    language: "ko" as const,
    host: { ...person, id: "hst", email: null, name: "달빛", role: "member" as const, kind: "bot" as const },
    lobby: { id: "by", name: "모두의 방" },
    welcome: { id: "wm", author: "hst", text: "어서 오세요", createdAt: NOW },
  },
};

/** 미나, signed in: `openSession` with `minasSession` comes first. */
export const minasSession = { id: "ss", user: "mna", now: NOW, expiresAt: NOW * 2, userAgent: "" };
export const mina = { via: "session", user: "mna", session: "ss", expiresAt: NOW * 2 } as const;

/** Input of `post`: 미나 in the lobby. */
export const minaSays = (text: string, clientId?: string) => ({
  actor: mina,
  now: NOW,
  room: "by",
  id: `m${clientId ?? text.length}`,
  text,
  clientId,
});

export const asConsole = { actor: CONSOLE, now: NOW };
