import type { Scope } from "./token.ts";

/**
 * Who acts. Obtained only from server/auth/actor.ts (a cookie or a token) or by the command line (`console`, the operator of the machine).
 * It names a person and the grant it came by; role, membership and suspension are read from the database at every act, never kept here.
 */
export type Actor =
  | { via: "session"; user: string; session: string; expiresAt: number }
  | { via: "token"; user: string; token: string; scopes: Scope[]; rooms: string[] | null; expiresAt: number | null }
  | { via: "console" };

/** An actor that is a person: everything except the command line. */
export type PersonActor = Exclude<Actor, { via: "console" }>;

/** The operator of the machine. */
export const CONSOLE = { via: "console" } as const satisfies Actor;
