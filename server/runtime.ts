import type { AuthOptions } from "next-auth";
import type { PersonActor } from "#lib/chat/actor.ts";
import type { Chat } from "./chat/chat.ts";

/** What pages and route handlers may use of the running server. */
export interface Runtime {
  chat: Chat;
  auth: {
    /** next-auth's options for one request. */
    options(headers: Headers): AuthOptions;
    /** Who is asking, by session cookie or `Authorization: Bearer`; undefined for nobody. Never throws on malformed input. */
    actor(headers: Headers): Promise<PersonActor | undefined>;
    /** True when a request that changes something by cookie comes from one of our own origins (A26). */
    sameOrigin(headers: Headers): boolean;
    /** The one-time code of the first run; undefined when none is needed. */
    setupCodeNeeded: boolean;
    checkSetupCode(headers: Headers, code: string | undefined): boolean;
  };
  /** Counts a request of this person, or else of this address: throws `rate-limited` when there were too many. */
  count(actor: PersonActor | undefined, headers: Headers, what: "reads" | "writes"): void;
  config: {
    version: string;
    origin: string;
    /** Addresses an invite link may carry: ORIGIN first, then those on the local network when the server listens there. */
    addresses: string[];
    /** OAuth providers that are configured, by next-auth id. */
    providers: { id: string; name: string }[];
  };
  log: { error(details: object, message: string): void };
}

// Next bundles what app/ imports, so anything imported here for its value would exist twice in the process: types and a look-up, nothing else.
const DOOR = Symbol.for("sarangbang");

/** The live server. Call it inside handlers and components, never at a module's top: `next build` has no runtime. */
export function runtime(): Runtime {
  const live = (globalThis as { [DOOR]?: Runtime })[DOOR];
  if (!live)
    throw new Error("The Sarangbang server is not running in this process; start it with npm start or npm run dev.");
  return live;
}

/** Called once, by main.ts. */
export function register(live: Runtime): void {
  (globalThis as { [DOOR]?: Runtime })[DOOR] = live;
}
