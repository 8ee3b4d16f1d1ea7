import { getToken } from "next-auth/jwt";
import type { PersonActor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Chat } from "#server/chat/chat.ts";
import type { CookieNames } from "./cookies.ts";

/** The only reader of sessions: whoever asks who somebody is, asks here. */
export interface Actors {
  /** Who is asking over HTTP; undefined for nobody. Never throws on malformed input. */
  fromHeaders(headers: Headers): Promise<PersonActor | undefined>;
  /** Who connects to the STOMP endpoint. Throws `unauthenticated`. */
  authenticate(credentials: { bearer?: string; passcode?: string; cookie?: string }): Promise<PersonActor>;
}

/**
 * A cookie is looked up as a session and a token as a token, never one as the other (A7). Whoever shows a token is judged by it
 * alone: a bad one is not rescued by a cookie that happens to be there.
 */
export function createActors(chat: Chat, secret: string, names: CookieNames): Actors {
  const fromToken = (token: string) => chat.sessions.tokenActor(token);

  const fromCookie = async (header: string): Promise<PersonActor | undefined> => {
    const value = cookieOf(header, names.session);
    if (!value) return undefined;
    // Handed the cookie alone, because getToken would take Bearer headers as well.
    const req = { headers: {}, cookies: new Map([[names.session, value]]) } as never;
    const jwt = await getToken({ req, secret, cookieName: names.session, secureCookie: names.isSecure });
    return typeof jwt?.sid === "string" ? chat.sessions.actor(jwt.sid) : undefined;
  };

  return {
    async fromHeaders(headers) {
      const authorization = headers.get("authorization");
      if (authorization !== null) return tokenOf(authorization, fromToken);
      return fromCookie(headers.get("cookie") ?? "");
    },
    async authenticate({ bearer, passcode, cookie }) {
      const token = bearer || passcode;
      const actor = token ? await fromToken(token) : await fromCookie(cookie ?? "");
      if (!actor) throw new Refusal("unauthenticated");
      return actor;
    },
  };
}

/** The token of `Authorization: Bearer …`; any other scheme is nobody. */
async function tokenOf(authorization: string, find: (token: string) => Promise<PersonActor | undefined>) {
  const token = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(authorization)?.[1];
  return token ? find(token) : undefined;
}

function cookieOf(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const [key, ...value] = pair.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return undefined;
}
