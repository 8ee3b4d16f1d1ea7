import { roomActivity, roomStream } from "#lib/chat/destinations.ts";
import type { Change } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import type { Actors } from "./actors.ts";
import type { Connected } from "./connected.ts";
import type { Joined } from "./joined.ts";
import { onceASecond } from "./once-a-second.ts";
import type { Presence } from "./presence.ts";
import { activityPublication, type Publish } from "./publication.ts";

export type Review = (concerned: { users?: ReadonlySet<string>; topics?: ReadonlySet<string> }) => Promise<void>;

interface NewsOptions {
  store: Store;
  actors: Actors;
  connected: Connected;
  joined: Joined;
  presence: Presence;
  publish: Publish;
  review: Review;
  /** The database could not be read: whoever was to be told learns it with the next change or connection. */
  failed(error: unknown): void;
}

/**
 * What rows of `changes` mean for live connections. Access is reviewed at once, before anything later is published; then everybody concerned
 * hears in the inbox what has become of their rooms and people, in the order of the commits.
 */
export function createNews(options: NewsOptions): (changes: Change[]) => void {
  let telling: Promise<void> = Promise.resolve();
  const tellMembers = onceASecond<true>((room) =>
    options.publish(roomActivity(room), activityPublication(room, { type: "members" }, "members")),
  );
  return (changes) => {
    reviewAccess(options, changes);
    telling = telling.then(async () => {
      for (const change of changes) {
        await tell(options, change).catch(options.failed);
        // Behind the news of the person, so that whoever hears of it knows who that is.
        if (change.kind === "membership") tellMembers(change.subject.split(" ")[0] ?? "", true);
      }
    });
  };
}

function reviewAccess({ actors, joined, review }: NewsOptions, changes: Change[]): void {
  const users = new Set<string>();
  const topics = new Set<string>();
  for (const { kind, subject } of changes) {
    const [first = "", second = ""] = subject.split(" ");
    if (kind === "membership") {
      joined.doubt(first, second);
      users.add(second);
    }
    if (kind === "session" || kind === "token" || kind === "role") users.add(first);
    if (kind === "room" || kind === "closed") topics.add(roomStream(first)).add(roomActivity(first));
  }
  for (const user of users) actors.forget(user);
  if (users.size > 0) void review({ users });
  if (topics.size > 0) void review({ topics });
}

async function tell(options: NewsOptions, { kind, subject }: Change): Promise<void> {
  const [first = "", second = ""] = subject.split(" ");
  const { connected, presence } = options;
  if (kind === "person" || kind === "role") await tellOfPerson(options, first);
  if (kind === "role") await tellAllRooms(options, first);
  if (kind === "room") await tellOfRoom(options, first, connected.users());
  if (kind === "closed") await tellOfRoom(options, first, connected.users(), { gone: true });
  if (kind === "membership" && connected.has(second)) {
    // First who gets the room's bumps, then its state: so no message falls between the two.
    await presence.reload(second);
    await tellOfRoom(options, first, [second], { gone: true });
  }
}

async function tellOfPerson({ store, connected }: NewsOptions, user: string): Promise<void> {
  const me = await store.read("personAsSeen", { user });
  if (!me) return;
  const { email: _email, preferences: _preferences, ...person } = me;
  connected.tell(connected.users(), { type: "person", person });
  connected.tell([user], { type: "me", me });
}

/** Another role sees the same rooms with other rights. */
async function tellAllRooms(options: NewsOptions, user: string): Promise<void> {
  if (!options.connected.has(user)) return;
  const rooms = await options.store.read("roomsAsSeen", { user });
  for (const room of rooms) options.connected.tell([user], { type: "room", room }, room.id);
}

/** With `gone` those who may not see it are told that it is gone; without, it would tell them that it exists. */
async function tellOfRoom({ store, connected }: NewsOptions, room: string, users: string[], { gone = false } = {}) {
  if (users.length === 0) return;
  for (const seen of await store.read("roomAsSeen", { room, users })) {
    if (seen.room) connected.tell([seen.user], { type: "room", room: seen.room }, room);
    else if (gone) connected.tell([seen.user], { type: "room-gone", room }, room);
  }
}
