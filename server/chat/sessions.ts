import { createHash } from "node:crypto";
import type { Person } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Actors } from "./actors.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";

// Milliseconds: 30 days.
const LIFETIME = 30 * 24 * 60 * 60 * 1_000;

export function createSessions(context: Context, actors: Actors): Chat["sessions"] {
  return {
    open: (input) => open(context, input),
    openVerified: (input) => openVerified(context, input),
    close: (session) => context.store.write("closeSession", { session }),
    actor: actors.bySession,
    tokenActor: async (token) => (token.startsWith("sb_") ? await actors.byToken(sha256(token)) : undefined),
  };
}

/** All that is kept of a token. */
export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function open(
  { store, passwords, signInLimits, now, newId }: Context,
  { email, password, address, userAgent }: Parameters<Chat["sessions"]["open"]>[0],
): ReturnType<Chat["sessions"]["open"]> {
  const account = email.trim().toLowerCase();
  await signInLimits.take(address, account);
  const known = await store.read("credentials", { email: account });
  // An address that nobody has takes as long as a wrong password, and ends the same (A30).
  const matches = await passwords.verify(known?.passwordHash, password);
  if (!matches || !known?.passwordHash || known.person.suspended) throw new Refusal("unauthenticated");
  const opened = await begin({ store, now, newId }, known.person, { passwordHash: known.passwordHash, userAgent });
  await signInLimits.forgive(address, account);
  return opened;
}

/** Somebody else has verified who it is, so that a suspended person may learn it. */
async function openVerified(
  context: Context,
  { email, userAgent }: Parameters<Chat["sessions"]["openVerified"]>[0],
): ReturnType<Chat["sessions"]["openVerified"]> {
  const known = await context.store.read("credentials", { email: email.trim().toLowerCase() });
  if (!known) return undefined;
  if (known.person.suspended) throw new Refusal("forbidden");
  return await begin(context, known.person, { userAgent });
}

async function begin(
  { store, now, newId }: Pick<Context, "store" | "now" | "newId">,
  person: Person,
  how: { passwordHash?: string; userAgent: string },
) {
  const session = newId();
  const at = now();
  const expiresAt = at + LIFETIME;
  await store.write("openSession", { ...how, id: session, user: person.id, now: at, expiresAt });
  return { session, person, expiresAt };
}
