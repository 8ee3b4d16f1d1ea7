import type { Store } from "./store/store.ts";

/** Milliseconds after which a database that has not answered counts as away. */
const PATIENCE = 2_000;

/** How long the smallest question to the database takes, in seconds; undefined when it does not answer within two. */
export async function databaseLatency(store: Pick<Store, "read">): Promise<number | undefined> {
  const began = performance.now();
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), PATIENCE).unref();
  const answered = store.read("epoch").then(
    () => true,
    () => false,
  );
  const isUp = await Promise.race([answered, late.promise]);
  clearTimeout(timer);
  return isUp ? (performance.now() - began) / 1_000 : undefined;
}
