import type { PersonActor } from "#lib/chat/actor.ts";
import type { ChatOptions } from "#server/chat/open-chat.ts";
import { type Hub, openHub } from "#tests/support/hub.ts";
import { until } from "#tests/support/until.ts";
import { bodyOf, type OpenPlace, openPlace } from "./open-place.ts";

export type NodeOptions = Partial<ChatOptions> & { pollEvery?: number };

/** Two chats on one database, with a hub between them. 미나 is on the one, 준 on the other. */
export interface TwoNodes {
  hub: Hub;
  one: OpenPlace;
  other: OpenPlace;
  mina: PersonActor;
  jun: PersonActor;
  /** One more on the same database. */
  join(name: string, options?: NodeOptions): Promise<OpenPlace>;
  close(): Promise<void>;
}

/** Nothing is found by looking unless a test says how often: what arrives was hinted at. */
export const SELDOM = 3_600_000;

export async function openTwoNodes(options: NodeOptions = {}): Promise<TwoNodes> {
  const hub = openHub();
  const opened: OpenPlace[] = [];
  async function join(name: string, own: NodeOptions = {}): Promise<OpenPlace> {
    const between = hub.join(name);
    const database = opened[0]?.database;
    const place = await openPlace({
      ...{ checkHeadsEvery: SELDOM, between, node: name, database },
      ...options,
      ...own,
    });
    between.hear(place.live.heard);
    opened.push(place);
    return place;
  }
  const one = await join("one");
  const other = await join("other");
  const mina = await one.signIn("mina@example.com");
  const jun = await one.person("준");
  return {
    ...{ hub, one, other, mina, jun, join },
    async close() {
      for (const place of opened.toReversed()) await place.close();
    },
  };
}

/** What was published to a topic of a node, in order. */
function published(place: OpenPlace, topic: string) {
  return place.events.flatMap((event) => (!("review" in event) && event.topic === topic ? [event] : []));
}

export const streamOf = (place: OpenPlace, room: { id: string }) => published(place, `/topic/rooms/${room.id}`);

/** `prev rev` of every frame of a room. */
export const numbers = (place: OpenPlace, room: { id: string }) =>
  streamOf(place, room).map(({ headers }) => `${headers.prev} ${headers.rev}`);

export const activityOf = (place: OpenPlace, room: { id: string }) =>
  published(place, `/topic/rooms/${room.id}/activity`).map(bodyOf);

export const inboxOf = (place: OpenPlace, actor: PersonActor) =>
  published(place, `/user/${actor.user}/queue/inbox`).map(bodyOf);

/** Connects somebody to a node, inbox and all. */
export async function arrive(place: OpenPlace, actor: PersonActor) {
  const session = place.connect(actor);
  await place.subscribe(actor, "/user/queue/inbox");
  return session;
}

/** Who is in a room, as a node tells whoever opens it. */
export async function online(place: OpenPlace, actor: PersonActor, room: { id: string }): Promise<string[]> {
  const { replay } = await place.subscribe(actor, `/topic/rooms/${room.id}/activity`);
  return bodyOf(replay[0] ?? { body: "{}" }).online;
}

export const untilOnline = (place: OpenPlace, actor: PersonActor, room: { id: string }, users: string[]) =>
  until(`${users} to be here`, async () => String((await online(place, actor, room)).sort()) === String(users.sort()));
