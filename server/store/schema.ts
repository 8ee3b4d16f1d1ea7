import { type Column, type SQL, sql } from "drizzle-orm";
import type { Preferences, Role } from "#lib/chat/person.ts";
import type { Posting, RoomKind } from "#lib/chat/room.ts";
import type { Scope } from "#lib/chat/token.ts";
import type { ChangeKind } from "./committed.ts";
import type { Columns } from "./sqlite-columns.ts";

/** Every table, once for both dialects: the kit brings the dialect (architecture.md, decision 4). */
export function defineTables(columns: Columns) {
  return {
    ...peopleTables(columns),
    ...roomTables(columns),
    ...messageTables(columns),
    ...grantTables(columns),
    ...logTables(columns),
    ...searchTables(columns),
  };
}

/** Edited, deleted, reacted to: whatever gave a message another rev than the one it was posted under. In words that an index on it can be found by. */
export function isChanged({ rev, seq }: { rev: Column; seq: Column }): SQL {
  return sql`${rev} <> ${seq}`;
}

function peopleTables({ table, text, instant, flag, json, index }: Columns) {
  const settings = table("settings", { key: text("key").primaryKey(), value: text("value").notNull() });
  const users = table("users", {
    id: text("id").primaryKey(),
    /** Lower case; null for bots that nobody signs in as. */
    email: text("email").unique(),
    name: text("name").notNull(),
    title: text("title").notNull().default(""),
    role: text("role").$type<Role>().notNull(),
    kind: text("kind").$type<"person" | "bot">().notNull().default("person"),
    suspended: flag("suspended").notNull().default(false),
    passwordHash: text("password_hash"),
    preferences: json("preferences").$type<Preferences>().notNull(),
    createdAt: instant("created_at").notNull(),
  });
  const sessions = table(
    "sessions",
    {
      id: text("id").primaryKey(),
      user: text("user").notNull(),
      createdAt: instant("created_at").notNull(),
      expiresAt: instant("expires_at").notNull(),
      userAgent: text("user_agent").notNull(),
    },
    (session) => [index("sessions_user").on(session.user)],
  );
  return { settings, users, sessions };
}

function roomTables({ table, text, integer, instant, flag, primaryKey, index }: Columns) {
  const rooms = table("rooms", {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    topic: text("topic").notNull().default(""),
    kind: text("kind").$type<RoomKind>().notNull(),
    posting: text("posting").$type<Posting>().notNull(),
    archived: flag("archived").notNull().default(false),
    /** The room that newcomers are put into. */
    lobby: flag("lobby").notNull().default(false),
    createdAt: instant("created_at").notNull(),
    /** The room's one counter: the rev of its last change. */
    head: integer("head").notNull().default(0),
    /** A replay from below starts anew: a purge took rows away. */
    floor: integer("floor").notNull().default(0),
    lastSeq: integer("last_seq").notNull().default(0),
    countable: integer("countable").notNull().default(0),
  });
  const memberships = table(
    "memberships",
    {
      room: text("room").notNull(),
      user: text("user").notNull(),
      role: text("role").$type<"admin" | "member">().notNull(),
      joinedAt: instant("joined_at").notNull(),
      readSeq: integer("read_seq").notNull().default(0),
      readCountable: integer("read_countable").notNull().default(0),
      mentions: integer("mentions").notNull().default(0),
    },
    (membership) => [
      // Without rowid, as messages below.
      primaryKey({ columns: [membership.room, membership.user] }),
      index("memberships_user").on(membership.user),
    ],
  );
  return { rooms, memberships };
}

function messageTables({ table, text, integer, instant, json, primaryKey, uniqueIndex }: Columns) {
  const messages = table(
    "messages",
    {
      room: text("room").notNull(),
      seq: integer("seq").notNull(),
      rev: integer("rev").notNull(),
      /** How many countable messages the room had with this one. */
      countable: integer("countable").notNull(),
      id: text("id").notNull(),
      author: text("author").notNull(),
      clientId: text("client_id"),
      text: text("text").notNull(),
      createdAt: instant("created_at").notNull(),
      editedAt: instant("edited_at"),
      deletedAt: instant("deleted_at"),
      replyTo: text("reply_to"),
      threadOf: text("thread_of"),
      reactions: json("reactions").$type<Record<string, string[]>>(),
      attachments: json("attachments").$type<unknown[]>(),
      mentions: json("mentions").$type<string[]>(),
    },
    (message) => [
      // The migration adds WITHOUT ROWID by hand, which drizzle-kit cannot say: a room's messages lie side by side on the disk.
      primaryKey({ columns: [message.room, message.seq] }),
      // A message that was never changed is found by its seq, which is its rev: so a post has one page less to write.
      uniqueIndex("messages_room_changed").on(message.room, message.rev).where(isChanged(message)),
      uniqueIndex("messages_author_client_id").on(message.author, message.clientId),
    ],
  );
  return { messages };
}

function grantTables({ table, text, integer, instant, json, index }: Columns) {
  const invites = table("invites", {
    code: text("code").primaryKey(),
    createdBy: text("created_by"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at"),
    maxUses: integer("max_uses"),
    uses: integer("uses").notNull().default(0),
  });
  const tokens = table(
    "tokens",
    {
      id: text("id").primaryKey(),
      user: text("user").notNull(),
      name: text("name").notNull(),
      /** SHA-256 of the secret, hexadecimal: the secret itself is never stored. */
      hash: text("hash").notNull().unique(),
      scopes: json("scopes").$type<Scope[]>().notNull(),
      rooms: json("rooms").$type<string[]>(),
      createdAt: instant("created_at").notNull(),
      expiresAt: instant("expires_at"),
    },
    (token) => [index("tokens_user").on(token.user)],
  );
  return { invites, tokens };
}

function logTables({ table, text, integer, instant }: Columns) {
  // A row of `counters` numbers the changes, because the order of a sequence is not the order of commits (protocol.md, "Revocation").
  const counters = table("counters", { name: text("name").primaryKey(), value: integer("value").notNull() });
  const changes = table("changes", {
    n: integer("n").primaryKey(),
    kind: text("kind").$type<ChangeKind>().notNull(),
    subject: text("subject").notNull(),
  });
  const audit = table("audit", {
    id: text("id").primaryKey(),
    at: instant("at").notNull(),
    /** A user's id, or "console". */
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    detail: text("detail").notNull().default(""),
  });
  return { counters, changes, audit };
}

/**
 * What search finds messages by (docs/decisions/0018). Made of the messages, so no archive carries it. Beside these tables stands `search_grams`, which
 * drizzle-kit cannot say and the migrations make by hand: for each id the grams of a message, in SQLite as FTS5 and in PostgreSQL as text[] with GIN.
 */
function searchTables({ table, text, integer, instant, uniqueIndex }: Columns) {
  const searchRows = table(
    "search_rows",
    {
      /** In the order of time: what is found is asked for newest first. */
      id: instant("id").primaryKey(),
      room: text("room").notNull(),
      seq: integer("seq").notNull(),
    },
    (row) => [uniqueIndex("search_rows_message").on(row.room, row.seq)],
  );
  /** Up to which message a room can be searched. */
  const searchMarks = table("search_marks", { room: text("room").primaryKey(), seq: integer("seq").notNull() });
  return { searchRows, searchMarks };
}
