/**
 * Passes things on, each once however often it is given while it waits: the first few in the next turn of the event loop, the rest with pauses, so that
 * ten thousand rooms at once do not keep everything else waiting.
 */
export function createDrip<Thing>(
  pass: (thing: Thing) => void,
  { atOnce = 200, pause = 50 } = {},
): { give(thing: Thing): void; stop(): void } {
  const waiting = new Set<Thing>();
  let timer: NodeJS.Timeout | undefined;

  function some(): void {
    timer = waiting.size > 0 ? setTimeout(some, pause).unref() : undefined;
    let left = atOnce;
    for (const thing of waiting) {
      if (left-- === 0) return;
      waiting.delete(thing);
      pass(thing);
    }
  }

  return {
    give(thing) {
      waiting.add(thing);
      timer ??= setTimeout(some, 0).unref();
    },
    stop() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
