import { Refusal } from "#lib/chat/refusal.ts";

/** Runs at most `running` tasks at once; `waiting` more stand in line, and whoever comes after that is refused as `busy`. */
export function atMost(running: number, waiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = [];
  let free = running;
  return async (task) => {
    if (free > 0) free -= 1;
    else if (line.length >= waiting) throw new Refusal("busy", { retryAfter: 1 });
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await task();
    } finally {
      // Whoever is next takes over the place.
      const next = line.shift();
      if (next) next();
      else free += 1;
    }
  };
}
