import { isRefusal } from "#lib/chat/refusal.ts";
import type { Posted } from "#server/store/commands/post.ts";
import type { Store } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";

/** Posts as often as it takes while the database is busy, as a browser would. */
export async function sendUntilAnswered(
  store: Store,
  input: Parameters<typeof store.write<"post">>[1],
): Promise<Posted> {
  const send = () =>
    store.write("post", input).catch((error: unknown) => {
      if (!isRefusal(error) || error.code !== "busy") throw error;
      return undefined;
    });
  return await until(`${input.clientId} to be answered`, send, 60_000);
}
