import type { Actor } from "#lib/chat/actor.ts";

/** Whoever can run commands on this machine is its operator and may do everything. */
export const CONSOLE: Actor = { via: "console" };
