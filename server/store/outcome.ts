import { isRefusal } from "#lib/chat/refusal.ts";
import type { Failure } from "./thread.ts";

/** What a database is, when it answers and does not do what it is asked: only to be read, without room on its disk, without a connection left. */
export type Unfit = "read-only" | "full" | "crowded";

/** Why a command or query has no result, in a form that crosses threads. */
export function failureOf({ id }: { id: number }, error: unknown): Failure {
  if (isRefusal(error)) {
    return { id, ok: false, refusal: { code: error.code, retryAfter: error.retryAfter, field: error.field } };
  }
  return { id, ok: false, defect: { message: String(error), stack: (error as Error).stack } };
}

/** Nothing that was done wrong, and another try may succeed. The refusal's cause is how the database is, where that is why. */
export function busy({ id }: { id: number }, cause?: Unfit): Failure {
  return { id, ok: false, refusal: { code: "busy", retryAfter: 1, cause } };
}
