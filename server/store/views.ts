import type { Invite } from "#lib/chat/invite.ts";
import type { Message } from "#lib/chat/message.ts";
import type { Me, Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import type { AccessToken } from "#lib/chat/token.ts";
import { type Acting, accessTo } from "./access.ts";
import type { MembershipRow, RoomRow } from "./grounds.ts";
import type { invites, messages, tokens, users } from "./tables.ts";

type UserRow = typeof users.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;

/** A room as this person sees it; undefined when it is not for them to see. */
export function viewRoom(acting: Acting, room: RoomRow, membership: MembershipRow | null): Room | undefined {
  const access = accessTo(acting, room, membership);
  if (!access.read || (acting.only && !acting.only.includes(room.id))) return undefined;
  const { id, name, topic, kind, posting, archived, head, lastSeq, countable } = room;
  return {
    ...{ id, name, topic, kind, posting, archived },
    createdAt: rfc3339(room.createdAt),
    ...{ head, lastSeq, countable },
    joined: membership !== null,
    readSeq: membership?.readSeq ?? 0,
    readCountable: membership?.readCountable ?? 0,
    mentions: membership?.mentions ?? 0,
    leads: membership?.role === "admin",
    mayPost: access.post,
    mayManage: access.manage,
  };
}

export function viewPerson({ id, name, title, role, kind, suspended, email }: UserRow): Person {
  // Everybody else has an address, bots too.
  return { id, name, title, role, kind, suspended, ...(email === null && { host: true }) };
}

export function viewMe(user: UserRow): Me {
  return { ...viewPerson(user), email: user.email ?? "", preferences: user.preferences };
}

/** A message in its present state, the same for everyone (protocol.md, "The durable stream"). What is absent is left out. */
export function viewMessage(row: MessageRow): Message {
  return {
    id: row.id,
    room: row.room,
    seq: row.seq,
    rev: row.rev,
    author: row.author,
    text: row.text,
    createdAt: rfc3339(row.createdAt),
    ...(row.editedAt !== null && { editedAt: rfc3339(row.editedAt) }),
    ...(row.deletedAt !== null && { deletedAt: rfc3339(row.deletedAt) }),
    ...(row.replyTo !== null && { replyTo: row.replyTo }),
    ...(row.threadOf !== null && { threadOf: row.threadOf }),
    reactions: row.reactions ?? {},
    attachments: row.attachments ?? [],
    mentions: row.mentions ?? [],
    ...(row.clientId !== null && { clientId: row.clientId }),
  };
}

export function viewInvite({ code, createdAt, expiresAt, maxUses, uses }: typeof invites.$inferSelect): Invite {
  return {
    code,
    createdAt: rfc3339(createdAt),
    expiresAt: expiresAt === null ? null : rfc3339(expiresAt),
    maxUses,
    uses,
  };
}

export function viewToken(token: typeof tokens.$inferSelect): AccessToken {
  const { id, name, user, scopes, rooms, createdAt, expiresAt } = token;
  return {
    ...{ id, name, user, scopes, rooms },
    createdAt: rfc3339(createdAt),
    expiresAt: expiresAt === null ? null : rfc3339(expiresAt),
  };
}

const rfc3339 = (instant: number) => new Date(instant).toISOString();
