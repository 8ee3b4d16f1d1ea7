import { type Access, decide, type Standing } from "#lib/chat/access.ts";
import type { Actor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Scope } from "#lib/chat/token.ts";
import type { Db } from "./connection.ts";
import {
  allOf,
  type Credentials,
  credentialsOf,
  type Grounds,
  groundsOf,
  type MembershipRow,
  type RoomRow,
} from "./grounds.ts";

/** Who asks, and when (milliseconds since 1970): part of every command and query that is not open to everybody. */
export interface Asking {
  actor: Actor;
  now: number;
}

/** Who acts, as the database knows them at this moment. */
export interface Acting {
  standing: Standing;
  scopes: readonly Scope[];
  /** Rooms that a token is limited to; null: no limit. */
  only: string[] | null;
}

/** A room that the one who asks may enter. */
export interface Entry extends Acting {
  room: RoomRow;
  membership: MembershipRow | null;
  access: Access;
}

/** What one may need beyond entering. */
type Need = Exclude<keyof Access, "enter">;

const ALL: readonly Scope[] = ["read", "post", "admin"];
const OPERATOR: Acting = { standing: "console", scopes: ALL, only: null };

/**
 * The only way to a room of the database, for commands inside their transaction and for queries alike. A room that does not exist and one that
 * may not be entered take the same statements and end in the same `not-found`; `need` beyond entering ends in the refusal that says why.
 */
export async function enter(db: Db, asking: Asking & { room: string }, need: Need): Promise<Entry> {
  const entry = await look(db, asking);
  if (!entry?.access.enter) throw new Refusal("not-found");
  if (!entry.access[need]) throw new Refusal(reason(entry, need));
  return entry;
}

/** As `enter`, for what may be asked of a room in any case; undefined where `enter` would refuse with `not-found`. */
export async function look(db: Db, asking: Asking & { room: string }): Promise<Entry | undefined> {
  const { acting, room, membership = null } = await find(db, asking);
  if (!room || (acting.only && !acting.only.includes(room.id))) return undefined;
  const access = accessTo(acting, room, membership);
  return access.enter ? { ...acting, room, membership, access } : undefined;
}

async function find(db: Db, { actor, now, room }: Asking & { room: string }): Promise<Grounds & { acting: Acting }> {
  if (actor.via === "console") return { acting: OPERATOR, ...(await groundsOf(db, room, "")) };
  const found = await allOf(db, actor, room);
  return { acting: actingOf(found, now), ...found };
}

/** The decision about a row that is at hand. */
export function accessTo({ standing, scopes }: Acting, room: RoomRow, membership: MembershipRow | null): Access {
  return decide({
    standing,
    scopes,
    part: membership?.role,
    kind: room.kind,
    archived: room.archived,
    posting: room.posting,
  });
}

/** Whether the session or token still stands and its person may act: `unauthenticated` or `expired` when not. */
export async function act(db: Db, { actor, now }: Asking): Promise<Acting> {
  return actor.via === "console" ? OPERATOR : actingOf(await credentialsOf(db, actor), now);
}

function actingOf({ grant, owner }: Credentials, now: number): Acting {
  if (!grant || !owner || owner.suspended) throw new Refusal("unauthenticated");
  if (grant.expiresAt !== null && grant.expiresAt <= now) throw new Refusal("expired");
  return { scopes: grant.scopes ?? ALL, only: grant.only ?? null, standing: owner.role };
}

/** As `act`, and may change what belongs to the place: its admins and the console. */
export async function actAsAdmin(db: Db, asking: Asking): Promise<Acting> {
  const acting = await act(db, asking);
  // A token that is limited to some rooms has no say in the place.
  const mayAdmin = acting.standing !== "member" && acting.scopes.includes("admin") && acting.only === null;
  if (!mayAdmin) throw new Refusal("forbidden");
  return acting;
}

/** As `act`, with one scope that the act needs. */
export async function actWith(db: Db, asking: Asking, scope: Scope): Promise<Acting> {
  const acting = await act(db, asking);
  if (!acting.scopes.includes(scope)) throw new Refusal("forbidden");
  return acting;
}

/** The person who acts: the console is none. */
export function personOf(actor: Actor): string {
  if (actor.via === "console") throw new Refusal("forbidden");
  return actor.user;
}

function reason({ room, scopes }: Entry, need: Need) {
  if (need !== "post" || !scopes.includes("post")) return "forbidden";
  return room.archived ? "archived" : "read-only";
}
