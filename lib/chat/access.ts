import type { Role } from "./person.ts";
import type { Posting, RoomKind } from "./room.ts";
import type { Scope } from "./token.ts";

/** Who asks: the role in the place, "console" for the operator of the machine. */
export type Standing = "console" | Role;
/** What one is in a room; undefined: not a member. */
export type Part = "admin" | "member" | undefined;

/** What decides about one person and one room. Nothing else does. */
export interface Case {
  standing: Standing;
  part: Part;
  kind: RoomKind;
  archived: boolean;
  posting: Posting;
  /** What the session or token allows; sessions allow everything. */
  scopes: readonly Scope[];
}

/** `enter`: may know that the room exists. The others are what may be done inside, as far as scopes allow. */
export interface Access {
  enter: boolean;
  read: boolean;
  post: boolean;
  /** Take back what one said oneself; an archive keeps nobody from that. */
  withdraw: boolean;
  /** The room itself, and what others said in it. */
  manage: boolean;
}

/** The one decision about rooms, for every page, route, frame and command. */
export function decide({ standing, part, kind, archived, posting, scopes }: Case): Access {
  const enter = standing === "console" || ENTER[kind](standing, part);
  const leads = standing !== "member" || part === "admin";
  return {
    enter,
    read: enter && scopes.includes("read"),
    post: enter && scopes.includes("post") && !archived && (posting === "everyone" || leads),
    withdraw: enter && scopes.includes("post"),
    manage: enter && scopes.includes("admin") && leads,
  };
}

/** Who may delete a message: whoever said it, and whoever leads the room. */
export function mayDelete({ withdraw, manage }: Access, isOwn: boolean): boolean {
  return isOwn ? withdraw : manage;
}

const ENTER: Record<RoomKind, (standing: Role, part: Part) => boolean> = {
  open: () => true,
  // Admins of the place who were not let in do not see it either.
  members: (_standing, part) => part !== undefined,
  admins: (standing) => standing === "admin",
};
