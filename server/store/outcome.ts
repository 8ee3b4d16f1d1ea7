import { isRefusal } from "#lib/chat/refusal.ts";
import type { Failure } from "./thread.ts";

/** Why a command or query has no result, in a form that crosses threads. */
export function failureOf({ id }: { id: number }, error: unknown): Failure {
  if (isRefusal(error)) {
    return { id, ok: false, refusal: { code: error.code, retryAfter: error.retryAfter, field: error.field } };
  }
  return { id, ok: false, defect: { message: String(error), stack: (error as Error).stack } };
}

/** Nothing that was done wrong, and another try may succeed. */
export function busy({ id }: { id: number }): Failure {
  return { id, ok: false, refusal: { code: "busy", retryAfter: 1 } };
}
