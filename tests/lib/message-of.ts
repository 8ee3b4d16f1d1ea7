import type { Message } from "#lib/chat/message.ts";

/** A message of 미나's in a room called "room", with whatever a test wants to be different. */
export function messageOf(changes: Partial<Message> & { seq: number }): Message {
  const rev = changes.rev ?? changes.seq;
  return {
    id: `m${changes.seq}`,
    room: "room",
    rev,
    author: "mina",
    text: `${changes.seq}@${rev}`,
    createdAt: new Date(Date.UTC(2026, 10, 22) + changes.seq * 1_000).toISOString(),
    reactions: {},
    attachments: [],
    mentions: [],
    ...changes,
  };
}
