export interface Timer {
  cancel(): void;
}

/** Calls `tick` every `interval` ms until the returned function is called. Injected, so that tests turn the wheel by hand. */
export type Ticker = (tick: () => void, interval: number) => () => void;

interface Entry extends Timer {
  rounds: number;
  task: () => void;
}

const SLOTS = 512;

/** One interval for all timers of all sessions: ten thousand connections cost ten thousand list entries, not as many timers of the system. */
export class TimerWheel {
  readonly #interval: number;
  readonly #ticker: Ticker;
  readonly #slots = Array.from({ length: SLOTS }, () => new Set<Entry>());
  #at = 0;
  #size = 0;
  #stop: (() => void) | undefined;

  constructor(interval = 100, ticker: Ticker = systemTicker) {
    this.#interval = interval;
    this.#ticker = ticker;
  }

  /** Runs the task once, not earlier than after `delay` ms and at most two intervals later. */
  after(delay: number, task: () => void): Timer {
    // The current interval has partly passed already, hence one more.
    const ticks = Math.max(0, Math.ceil(delay / this.#interval)) + 1;
    const slot = this.#slots[(this.#at + ticks) % SLOTS] as Set<Entry>;
    const entry: Entry = {
      rounds: Math.floor((ticks - 1) / SLOTS),
      task,
      cancel: () => {
        if (slot.delete(entry)) this.#forget();
      },
    };
    slot.add(entry);
    this.#size += 1;
    this.#stop ??= this.#ticker(() => this.#tick(), this.#interval);
    return entry;
  }

  #tick(): void {
    this.#at = (this.#at + 1) % SLOTS;
    const slot = this.#slots[this.#at] as Set<Entry>;
    // A copy: a task may set or cancel timers of this very slot.
    for (const entry of [...slot]) {
      if (entry.rounds > 0) entry.rounds -= 1;
      else if (slot.delete(entry)) {
        this.#forget();
        entry.task();
      }
    }
  }

  #forget(): void {
    this.#size -= 1;
    if (this.#size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}

function systemTicker(tick: () => void, interval: number): () => void {
  const timer = setInterval(tick, interval);
  timer.unref();
  return () => clearInterval(timer);
}
