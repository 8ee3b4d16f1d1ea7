import type { Actor, PersonActor } from "#lib/chat/actor.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { CreateInvite, Invite } from "#lib/chat/invite.ts";
import type { MessagePage } from "#lib/chat/message.ts";
import type { ChangeMe, ChangePerson, Me, Newcomer, Person, Role, Setup } from "#lib/chat/person.ts";
import type { Place } from "#lib/chat/place.ts";
import type { ChangeRoom, CreateRoom, Room, RoomMember, RoomRole } from "#lib/chat/room.ts";
import type { SearchAnswer, SearchInput } from "#lib/chat/search.ts";
import type { AccessToken, CreateToken } from "#lib/chat/token.ts";

/**
 * The domain, as pages, route handlers and the command line use it. Every function checks access itself and throws a Refusal:
 * `not-found` for what does not exist and for what one may not know of, in the same words and time. Inputs are parsed at the edge.
 * Every change of access takes effect on live connections within a second.
 */
export interface Chat {
  place: {
    read(): Promise<Place>;
    rename(actor: Actor, name: string): Promise<Place>;
    /** Whether this is somebody who may change what belongs to the place: whoever may not, or not any more, is false and not refused. */
    isLedBy(actor: PersonActor): Promise<boolean>;
    /** First run: makes place, first admin and lobby in one transaction. `not-found` once claimed, however many try at once. */
    claim(input: Setup): Promise<Person>;
  };
  people: {
    /** Everybody of this place, suspended ones included, in no order. */
    list(actor: Actor): Promise<Person[]>;
    me(actor: PersonActor): Promise<Me>;
    find(actor: Actor, by: { id: string } | { email: string }): Promise<Me>;
    /** An account by invite link; uses the invite up. `not-found` for a bad link, `forbidden` with field `email` when the address is taken. */
    join(code: string, input: Newcomer): Promise<Person>;
    /** An account without an invite: admins and the console. */
    add(actor: Actor, input: Newcomer & { role: Role; kind?: "person" | "bot" }): Promise<Person>;
    change(actor: PersonActor, changes: ChangeMe): Promise<Me>;
    /** `forbidden` with field `lastAdmin` where the place would have no active admin any more; the console may do it. */
    changeOther(actor: Actor, id: string, changes: ChangePerson): Promise<Person>;
    /** Ends every other session of this person; tokens stay. `forbidden` with field `current` when the present password is wrong. */
    changePassword(actor: PersonActor, current: string, next: string): Promise<void>;
    /** For somebody who has forgotten theirs: ends every session and token of this person. Not for oneself. */
    setPassword(actor: Actor, id: string, next: string): Promise<void>;
  };
  sessions: {
    /** `unauthenticated` for a wrong address or password, in equal time; `rate-limited` after too many tries. */
    open(input: {
      email: string;
      password: string;
      address: string;
      userAgent: string;
    }): Promise<{ session: string; person: Person; expiresAt: number }>;
    /** Signs in whoever a provider (GitHub, Kakao, …) vouches for; undefined when no account has this address, `forbidden` when it is suspended. */
    openVerified(input: {
      email: string;
      address: string;
      userAgent: string;
    }): Promise<{ session: string; person: Person; expiresAt: number } | undefined>;
    /** Signs out: live sockets of this session close within a second. */
    close(session: string): Promise<void>;
    /** The actor of a session id, or undefined when it was revoked, has expired or its person is suspended. Cached until revoked. */
    actor(session: string): Promise<PersonActor | undefined>;
    /** The actor of an access token `sb_…`. */
    tokenActor(token: string): Promise<PersonActor | undefined>;
  };
  rooms: {
    /** Joined rooms and open rooms to browse, archived ones last. */
    list(actor: Actor): Promise<Room[]>;
    get(actor: Actor, room: string): Promise<Room>;
    create(actor: Actor, input: CreateRoom): Promise<Room>;
    change(actor: Actor, room: string, changes: ChangeRoom): Promise<Room>;
    members(actor: Actor, room: string): Promise<RoomMember[]>;
    /**
     * Lets somebody in, and with a role makes them an admin of the room or a plain member again. This, `revoke` and `leave` are `forbidden`
     * with field `lastRoomAdmin` where nobody would manage a members room any more; the console may do it.
     */
    grant(actor: Actor, room: string, user: string, role?: RoomRole): Promise<void>;
    revoke(actor: Actor, room: string, user: string): Promise<void>;
    /** Into the sidebar: every open room, archived ones too. */
    join(actor: PersonActor, room: string): Promise<Room>;
    leave(actor: PersonActor, room: string): Promise<void>;
    /** Members rooms in use that have no active admin: nobody on the web can let people in. For the console. */
    withoutAdmin(actor: Actor): Promise<Room[]>;
  };
  messages: {
    /** Keyset by seq, at most one of before, after, around; none of them is the newest page. Oldest first. */
    page(
      actor: Actor,
      room: string,
      at: { before?: number; after?: number; around?: number; limit?: number },
    ): Promise<MessagePage>;
    /** Newest first, of the rooms this actor may read now; `before` is another answer's `next`. Says what in the query names nothing. */
    search(actor: Actor, input: SearchInput): Promise<SearchAnswer>;
  };
  /** What the inbox begins with: pages render from it. */
  inbox(actor: PersonActor): Promise<Extract<InboxEvent, { type: "snapshot" }>>;
  invites: {
    create(actor: Actor, input: CreateInvite): Promise<Invite>;
    list(actor: Actor): Promise<Invite[]>;
    revoke(actor: Actor, code: string): Promise<void>;
    /** Whether a link can still be used; undefined when not. Needs no actor. */
    look(code: string): Promise<Invite | undefined>;
  };
  tokens: {
    /** `secret` is `sb_…`, shown this once; only its SHA-256 is stored. */
    create(actor: Actor, user: string, input: CreateToken): Promise<AccessToken & { secret: string }>;
    list(actor: Actor, user?: string): Promise<AccessToken[]>;
    revoke(actor: Actor, id: string): Promise<void>;
  };
}
