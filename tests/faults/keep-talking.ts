import type { Talker } from "./talker.ts";

/** Each has something to say every few milliseconds, whether anybody is there to take it or not, as long as not too much waits. Returns what ends it. */
export function keepTalking(talkers: readonly Talker[], { every = 5, most = 20, length = 0 } = {}): () => void {
  let said = 0;
  const timer = setInterval(() => {
    for (const talker of talkers) if (talker.pending < most) talker.post(`${++said}번째 말${"…".repeat(length)}`);
  }, every);
  return () => clearInterval(timer);
}
