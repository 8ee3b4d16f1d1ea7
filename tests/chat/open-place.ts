import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Room } from "#lib/chat/room.ts";
import type { CreateToken } from "#lib/chat/token.ts";
import { type ChatOptions, openChat } from "#server/chat/open-chat.ts";
import { createPasswords } from "#server/chat/passwords.ts";
import type { Publication } from "#server/chat/publication.ts";
import { openStore } from "#server/store/store.ts";
import { newDatabase, type TestDatabase } from "#tests/support/database.ts";

export const PASSWORD = "달빛 아래 사랑방";

/** What became of live connections: publications and reviews, in their order. */
export type Event = ({ topic: string } & Publication) | { review: { users: string[]; topics: string[] } };

type Named = { messageId: string; seq?: number };

/** A chat on a store of its own, or on the `database` of another one; claimed unless it says otherwise: 미나 is its first admin. */
export async function openPlace({
  claim = true,
  pollEvery = 20,
  database: given,
  ...options
}: Partial<ChatOptions> & { claim?: boolean; pollEvery?: number; database?: TestDatabase } = {}) {
  const database = given ?? (await newDatabase());
  const store = await openStore({ ...database.at, pollEvery });
  const events: Event[] = [];
  const live = await openChat({
    store,
    publish: (topic, publication) => events.push({ topic, ...publication }),
    review: async ({ users = [], topics = [] }) => {
      events.push({ review: { users: [...users], topics: [...topics] } });
    },
    passwords: createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1 }),
    checkHeadsEvery: 20,
    ...options,
  });
  const { chat } = live;
  const policy = live.policy(async (actor: PersonActor) => actor);
  if (claim && !given) {
    const admin = { name: "미나", email: "mina@example.com", password: PASSWORD };
    await chat.place.claim({ ...admin, placeName: "달빛", language: "ko" });
  }

  /** Signs somebody in who has an account. */
  async function signIn(email: string): Promise<PersonActor> {
    const opened = await chat.sessions.openVerified({ email, address: "127.0.0.1", userAgent: "" });
    return (await chat.sessions.actor(opened?.session ?? "")) as PersonActor;
  }

  const send = (identity: PersonActor, destination: string, body: object) =>
    policy.send({ id: "s", identity }, { destination, headers: new Map(), body: Buffer.from(JSON.stringify(body)) });

  let connections = 0;
  return {
    ...{ database, store, live, chat, policy, events, signIn },
    async person(name: string, role: "admin" | "member" = "member"): Promise<PersonActor> {
      const email = `${encodeURIComponent(name).replaceAll("%", "").toLowerCase()}@example.com`;
      await chat.people.add(CONSOLE, { name, email, password: PASSWORD, role });
      return await signIn(email);
    },
    async withToken(user: string, request: Partial<CreateToken>): Promise<PersonActor> {
      const { secret } = await chat.tokens.create(CONSOLE, user, { name: "봇", scopes: ["read", "post"], ...request });
      return (await chat.sessions.tokenActor(secret)) as PersonActor;
    },
    /** A live connection. */
    connect(identity: PersonActor) {
      const session = { id: `c${++connections}`, identity };
      policy.connected(session);
      return session;
    },
    async post(actor: PersonActor, room: Room | { id: string }, text: string, clientId?: string) {
      const headers = new Map(clientId === undefined ? [] : [["client-id", clientId]]);
      const destination = `/app/rooms/${room.id}/post`;
      return await policy.send({ id: "s", identity: actor }, { destination, headers, body: Buffer.from(text) });
    },
    edit: (actor: PersonActor, room: { id: string }, message: Named, text: string) =>
      send(actor, `/app/rooms/${room.id}/edit`, { ...message, text }),
    delete: (actor: PersonActor, room: { id: string }, message: Named) =>
      send(actor, `/app/rooms/${room.id}/delete`, message),
    async subscribe(actor: PersonActor, destination: string, headers: Record<string, string> = {}) {
      const session = { id: "s", identity: actor };
      const opening = await policy.subscribe(session, { destination, headers: new Map(Object.entries(headers)) });
      policy.subscribed(session, destination);
      return opening;
    },
    async close() {
      live.close();
      await store.close();
      if (!given) await database.remove();
    },
  };
}

export type OpenPlace = Awaited<ReturnType<typeof openPlace>>;

/** The refusal's code, or "done". */
export async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "done";
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.code;
  }
}

export const bodyOf = (publication: { body: string }) => JSON.parse(publication.body);
