import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { line } from "./line.ts";

/** Who may enter: every member of the place, people who were let in, admins only. */
export const ROOM_KINDS = ["open", "members", "admins"] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** Who may post in a room one may read. */
export const POSTING = ["everyone", "admins"] as const;
export type Posting = (typeof POSTING)[number];

/** A room as one person sees it: in the sidebar, in the inbox, in `GET /api/rooms`. Only ever about a room this person may read. */
export interface Room {
  id: string;
  name: string;
  topic: string;
  kind: RoomKind;
  posting: Posting;
  archived: boolean;
  createdAt: string;
  /** rev of the last change. */
  head: number;
  /** seq of the last message, 0 in an empty room. */
  lastSeq: number;
  /** How many countable messages were ever posted: unread = countable - readCountable while joined. */
  countable: number;
  /** In the sidebar, with unread counts. Reading an open room does not need it. */
  joined: boolean;
  /** seq up to which this person has read. */
  readSeq: number;
  readCountable: number;
  /** Unread messages that call this person by name. */
  mentions: number;
  /** An admin of this room. Admins of the place manage it as well, without being one. */
  leads: boolean;
  mayPost: boolean;
  /** Rename, topic, archive, who may enter, add and remove people. */
  mayManage: boolean;
}

export const ROOM_ROLES = ["admin", "member"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

/** A person in a room's people panel. */
export interface RoomMember {
  user: string;
  /** `admin` manages this room. */
  role: RoomRole;
}

/** Body of `PUT /api/rooms/{id}/members/{user}`. Without a role whoever is in it keeps theirs. */
export const memberBody = z.strictObject({ role: z.enum(ROOM_ROLES) }).partial();

const name = line(LIMITS.roomName);
const topic = z.string().trim().max(LIMITS.roomTopic);

export const createRoomBody = z.object({
  name,
  topic: topic.default(""),
  kind: z.enum(ROOM_KINDS).default("open"),
  posting: z.enum(POSTING).default("everyone"),
});
export type CreateRoom = z.input<typeof createRoomBody>;

export const changeRoomBody = z
  .strictObject({ name, topic, kind: z.enum(ROOM_KINDS), posting: z.enum(POSTING), archived: z.boolean() })
  .partial();
export type ChangeRoom = z.infer<typeof changeRoomBody>;
