import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal } from "#lib/chat/refusal.ts";
import { Complaint } from "./complaint.ts";

const TRIES = 30;
/** Milliseconds. */
const PAUSE = 500;

/**
 * Asks again while the database is `busy`, because a server that starts beside many others is no defect. After thirty tries with half a second between
 * them, or when the signal says so, it ends in a Complaint.
 */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await ask();
    } catch (cause) {
      if (!isRefusal(cause) || cause.code !== "busy") throw cause;
      if (left === 0 || signal.aborted)
        throw new Complaint("The database answers, but is too busy for another server; try again later.", { cause });
    }
    await sleep(PAUSE, undefined, { signal }).catch(() => {});
  }
}
