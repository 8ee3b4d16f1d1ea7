import { randomUUID } from "node:crypto";
import { openRelay } from "./relay/open-relay.ts";

/** Milliseconds. Kafka takes some seconds to tell a new reader where it stands. */
const PATIENCE = 20_000;
const AGAIN = 200;
const KEY = "doctor";

/**
 * Sends a hint through the broker as one node and waits for it as another. Resolves with how long it took (ms), or, where nothing came, with the reason as
 * far as it is known. Throws one sentence when the URL names a file that cannot be read.
 */
export async function brokerRoundTrip(url: URL, patience = PATIENCE): Promise<{ took: number } | { reason: string }> {
  const heard = Promise.withResolvers<{ took: number }>();
  let reason = "no answer in time";
  let asked = 0;
  const changed = (_state: string, why?: string) => {
    reason = why ?? reason;
  };
  const ear = openRelay({
    ...{ url, node: randomUUID(), changed },
    heard: (key) => {
      if (key === KEY) heard.resolve({ took: Math.round(performance.now() - asked) });
    },
  });
  const mouth = openRelay({ url, node: randomUUID(), heard() {}, changed });
  await ear.heed(KEY);
  // At most once is all that a relay promises, and before it is up it carries nothing: it is asked again.
  const asking = setInterval(() => {
    asked = performance.now();
    mouth.publish(KEY, "{}");
  }, AGAIN);
  const late = Promise.withResolvers<{ reason: string }>();
  const timer = setTimeout(() => late.resolve({ reason }), patience);
  const answer = await Promise.race([heard.promise, late.promise]);
  clearInterval(asking);
  clearTimeout(timer);
  await Promise.all([ear.close(), mouth.close()]);
  return answer;
}
