import { isRefusal } from "#lib/chat/refusal.ts";
import type { Unfit } from "./store/outcome.ts";
import type { Store } from "./store/store.ts";

/** How the database is, as far as the smallest question tells. */
export type DatabaseState = "ok" | "unavailable" | Unfit;

/** Milliseconds after which a database that has not answered counts as away. */
const PATIENCE = 2_000;

/** Asks the database the smallest question: how it is, and how long the answer took in seconds, which is undefined when there was none within two. */
export async function databaseLatency(
  store: Pick<Store, "read">,
): Promise<{ state: DatabaseState; seconds: number | undefined }> {
  const began = performance.now();
  const answered = store.read("takesWrites").then((open): DatabaseState => (open ? "ok" : "read-only"), stateOf);
  const state = await within(PATIENCE, answered, "unavailable");
  const isAway = state === "unavailable" || state === "crowded";
  return { state, seconds: isAway ? undefined : (performance.now() - began) / 1_000 };
}

/** What was promised, or else after so many milliseconds. */
export async function within<Value>(milliseconds: number, promised: Promise<Value>, otherwise: Value): Promise<Value> {
  const late = Promise.withResolvers<Value>();
  const timer = setTimeout(() => late.resolve(otherwise), milliseconds).unref();
  return await Promise.race([promised, late.promise]).finally(() => clearTimeout(timer));
}

const stateOf = (error: unknown): DatabaseState => unfitnessOf(error) ?? "unavailable";

/** How the database is that answered `busy`, where that is why. */
export function unfitnessOf(error: unknown): Unfit | undefined {
  return isRefusal(error) ? (error.cause as Unfit | undefined) : undefined;
}
