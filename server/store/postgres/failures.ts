import { Refusal } from "#lib/chat/refusal.ts";
import type { Unfit } from "#server/store/outcome.ts";

/** What the server or the socket said, out of what drizzle wraps it in together with everything that was bound. */
export function rootOf(error: unknown): Error & { code?: string } {
  const { cause } = error as { cause?: unknown };
  return (cause instanceof Error ? cause : error) as Error & { code?: string };
}

/**
 * Nothing that a command did wrong, and another try may succeed: the connection went away, the server is on its way up or down, it is full, somebody
 * holds a lock, or two transactions were in each other's way (appendix A of PostgreSQL's manual lists the classes).
 */
export function isPassing(error: unknown): boolean {
  const { code, message } = rootOf(error);
  if (code === undefined) return LOST.test(message);
  return (PASSING.test(code) && !OF_A_FILE.test(message)) || isEntwined(error);
}

/** How the database is, where that is why it did not do what it was asked. */
export function unfitness(error: unknown): Unfit | undefined {
  const { code = "" } = rootOf(error);
  return UNFIT[code];
}

/** Serialization failure or deadlock: alone the same command may succeed. */
export function isEntwined(error: unknown): boolean {
  return /^40(001|P01)$/.test(rootOf(error).code ?? "");
}

/** As a caller is told of it: `malformed` for what no text or number of PostgreSQL can be, without what was bound. */
export function toldOf(error: unknown): Error {
  const root = rootOf(error);
  return /^(22021|22P05|22003)$/.test(root.code ?? "") ? new Refusal("malformed") : root;
}

// 25006 is a standby, which becomes the server when the other one is gone; 25P03 and 57014 are our own timeouts.
const PASSING =
  /^(08|53|58|57P0|25006|25P0[234]|55P03|57014|ECONN|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)(UNREACH|DOWN))/;

const UNFIT: Record<string, Unfit> = { "25006": "read-only", "53100": "full", "53300": "crowded" };

// A certificate that is not there does not come by being waited for.
const OF_A_FILE = /^E[A-Z]+: /;

// node-postgres gives these no code.
const LOST = /^(Connection terminated|timeout e|Query read timeout|Client (has encountered|was closed))/;
