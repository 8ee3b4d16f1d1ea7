import type { Person } from "#lib/chat/person.ts";
import type { CreateRoom, Room } from "#lib/chat/room.ts";
import type { TestServer } from "./server.ts";

/** Somebody with an account and a signed-in session, as a browser would hold it. */
export interface Account {
  id: string;
  name: string;
  email: string;
  password: string;
  /** The Cookie header. */
  cookie: string;
}

export interface Answer<T> {
  status: number;
  body: T;
}

export const PLACE_NAME = "달빛 사랑방";
export const PASSWORD = "사랑방에서 만나요 1";

/** Asks the HTTP API as somebody (a cookie), as a token, or as nobody; changes carry the right Origin. */
export async function ask<T = unknown>(
  server: TestServer,
  who: { cookie?: string; token?: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const headers: Record<string, string> = { origin: server.origin, "content-type": "application/json" };
  if (who.cookie) headers.cookie = who.cookie;
  if (who.token) headers.authorization = `Bearer ${who.token}`;
  const answer = await fetch(server.origin + path, { method, headers, body: JSON.stringify(body), redirect: "manual" });
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? undefined : JSON.parse(text)) as T };
}

/** The first run: names the place and makes its first admin. */
export async function claim(server: TestServer, name: string, email: string, language = "ko"): Promise<Account> {
  const setup = { placeName: PLACE_NAME, name, email, password: PASSWORD, language };
  const { status, body } = await ask<Person>(server, {}, "POST", "/api/setup", setup);
  if (status !== 200 && status !== 201) throw new Error(`The first run answered ${status}: ${JSON.stringify(body)}`);
  return { id: body.id, name, email, password: PASSWORD, cookie: await signIn(server, email, PASSWORD) };
}

/** A further account, by an invite link of this admin's. */
export async function invite(server: TestServer, admin: Account, name: string, email: string): Promise<Account> {
  const { body: invitation } = await ask<{ code: string }>(server, admin, "POST", "/api/invites", {});
  const newcomer = { name, email, password: PASSWORD };
  const { status, body } = await ask<Person>(server, {}, "POST", `/api/join/${invitation.code}`, newcomer);
  if (status !== 200 && status !== 201) throw new Error(`Joining answered ${status}: ${JSON.stringify(body)}`);
  return { id: body.id, name, email, password: PASSWORD, cookie: await signIn(server, email, PASSWORD) };
}

/** The Cookie header of a new session: next-auth's own two requests. */
export async function signIn(server: TestServer, email: string, password: string): Promise<string> {
  const csrf = await fetch(`${server.origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${server.origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookiesOf(csrf), origin: server.origin },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
    redirect: "manual",
  });
  const cookie = cookiesOf(answer);
  if (!cookie.includes("session-token"))
    throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`);
  return cookie;
}

/** A room of this admin's, with these members besides. */
export async function createRoom(
  server: TestServer,
  admin: Account,
  room: CreateRoom,
  members: readonly { id: string }[] = [],
): Promise<Room> {
  const { status, body } = await ask<Room>(server, admin, "POST", "/api/rooms", room);
  if (status !== 200 && status !== 201) throw new Error(`Creating a room answered ${status}: ${JSON.stringify(body)}`);
  for (const { id } of members) await ask(server, admin, "PUT", `/api/rooms/${body.id}/members/${id}`);
  return body;
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

/** The room that was there first. */
export async function lobby(server: TestServer, who: Account): Promise<Room> {
  const { body } = await ask<{ rooms: Room[] }>(server, who, "GET", "/api/rooms");
  return body.rooms[0] as Room;
}

/** How many messages of a room somebody has not read, as the server knows it. */
export async function unreadOf(server: TestServer, who: Account, id: string): Promise<number> {
  const { body } = await ask<Room>(server, who, "GET", `/api/rooms/${id}`);
  return body.countable - body.readCountable;
}
