import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { PersonActor } from "#lib/chat/actor.ts";
import type { Language, Me, Theme } from "#lib/chat/person.ts";
import { catalogOf } from "#lib/i18n/catalogs.ts";
import { preferredLanguage } from "#lib/i18n/preferred-language.ts";
import { runtime } from "#server/runtime.ts";

/** Who asks for this page; undefined for nobody. One look-up a request. */
export const currentActor = cache(async (): Promise<PersonActor | undefined> => {
  const asking = await headers();
  return runtime().auth.actor(asking);
});

/** The person who asks for this page, with preferences; undefined for nobody. */
export const currentMe = cache(async (): Promise<Me | undefined> => {
  const actor = await currentActor();
  return actor && runtime().chat.people.me(actor);
});

/**
 * The actor of a page that is only for members: leads to /setup while the place is unclaimed and to /sign-in, which comes back to `next`
 * (a path of this site), when nobody is signed in.
 */
export async function requireActor(next = "/"): Promise<PersonActor> {
  const actor = await currentActor();
  if (actor) return actor;
  const place = await runtime().chat.place.read();
  if (!place.claimed) redirect("/setup");
  redirect(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
}

/** The language of this page: what the person chose, else what this browser last used, else what it asks for. */
export const currentLanguage = cache(async (): Promise<Language> => {
  const me = await currentMe();
  if (me?.preferences.language) return me.preferences.language;
  const kept = (await cookies()).get("language")?.value;
  if (!me && (kept === "ko" || kept === "en")) return kept;
  return preferredLanguage((await headers()).get("accept-language") ?? "");
});

/** The theme of this page, known before the first pixel: the person's, else the one this browser last used. */
export const currentTheme = cache(async (): Promise<Theme> => {
  const me = await currentMe();
  if (me) return me.preferences.theme;
  const kept = (await cookies()).get("theme")?.value;
  return kept === "light" || kept === "dark" ? kept : "system";
});

/** The catalog of this page's language, for server components and metadata. */
export async function currentCatalog() {
  return catalogOf(await currentLanguage());
}
