import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { line } from "./line.ts";

export const ROLES = ["admin", "member"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who has an account here, as everybody here may see them. */
export interface Person {
  id: string;
  name: string;
  /** Team or title beside the name, "" when there is none. */
  title: string;
  role: Role;
  kind: "person" | "bot";
  suspended: boolean;
  /** The place itself, which speaks by its own name: an account that nobody signs in as. */
  host?: true;
}

/** Oneself: what only this person sees. */
export interface Me extends Person {
  email: string;
  preferences: Preferences;
}

export const LANGUAGES = ["ko", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const preferences = z.strictObject({
  /** null follows the browser. */
  language: z.enum(LANGUAGES).nullable(),
  theme: z.enum(THEMES),
  density: z.enum(["comfortable", "compact"]),
  /** Enter sends, or Enter breaks the line and Ctrl/⌘+Enter sends. */
  enterSends: z.boolean(),
  clock: z.enum(["locale", "24h"]),
});
export type Preferences = z.infer<typeof preferences>;

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const password = z.string().min(LIMITS.password.least).max(LIMITS.password.most);

/** Body of `POST /api/join/{code}`. */
export const newcomerBody = z.strictObject({ name: line(LIMITS.personName), email, password });
export type Newcomer = z.infer<typeof newcomerBody>;

/** Body of `POST /api/setup`. `code` is the one printed on the console, needed when the server is not on loopback. */
export const setupBody = z.strictObject({
  placeName: line(LIMITS.placeName),
  name: line(LIMITS.personName),
  email,
  password,
  language: z.enum(LANGUAGES),
  code: z.string().max(64).optional(),
});
export type Setup = z.infer<typeof setupBody>;

/** Body of `PATCH /api/me`. */
export const changeMeBody = z
  .strictObject({
    name: line(LIMITS.personName),
    title: z.string().trim().max(LIMITS.personTitle),
    preferences: preferences.partial(),
  })
  .partial();
export type ChangeMe = z.infer<typeof changeMeBody>;

/** Body of `POST /api/me/password`. */
export const changePasswordBody = z.strictObject({ current: z.string().max(LIMITS.password.most), next: password });

/** Body of `POST /api/people/{id}/password` (admins). */
export const setPasswordBody = z.strictObject({ password });

/** Body of `PATCH /api/people/{id}` (admins). */
export const changePersonBody = z.strictObject({ role: z.enum(ROLES), suspended: z.boolean() }).partial();
export type ChangePerson = z.infer<typeof changePersonBody>;
