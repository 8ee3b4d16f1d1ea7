export interface Timer {
  cancel(): void;
}

/** Calls `tick` every `interval` ms until the returned function is called. Injected, so that tests turn the wheel by hand. */
export type Ticker = (tick: () => void, interval: number) => () => void;

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

  /** Runs the task once, not earlier than after `delay` ms and at most two intervals later. A task that is handed its subject needs no closure. */
  after(delay: number, task: () => void): Timer;
  after<S>(delay: number, task: (subject: S) => void, subject: S): Timer;
  after(delay: number, task: (subject: unknown) => void, subject?: unknown): Timer {
    // The current interval has partly passed already, hence one more.
    const ticks = Math.max(0, Math.ceil(delay / this.#interval)) + 1;
    const slot = this.#slots[(this.#at + ticks) % SLOTS] as Set<Entry>;
    const entry = new Entry(this, slot, Math.floor((ticks - 1) / SLOTS), task, subject);
    slot.add(entry);
    this.#size += 1;
    this.#stop ??= this.#ticker(() => this.#tick(), this.#interval);
    return entry;
  }

  /** For its entries: one of them has left its slot. */
  forget(): void {
    this.#size -= 1;
    if (this.#size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  #tick(): void {
    this.#at = (this.#at + 1) % SLOTS;
    // A copy: a task may set or cancel timers of this very slot.
    for (const entry of [...(this.#slots[this.#at] as Set<Entry>)]) entry.turn();
  }
}

class Entry implements Timer {
  readonly #wheel: TimerWheel;
  readonly #slot: Set<Entry>;
  #rounds: number;
  readonly #task: (subject: unknown) => void;
  readonly #subject: unknown;

  constructor(wheel: TimerWheel, slot: Set<Entry>, rounds: number, task: (subject: unknown) => void, subject: unknown) {
    this.#wheel = wheel;
    this.#slot = slot;
    this.#rounds = rounds;
    this.#task = task;
    this.#subject = subject;
  }

  cancel(): void {
    if (this.#slot.delete(this)) this.#wheel.forget();
  }

  turn(): void {
    if (this.#rounds > 0) this.#rounds -= 1;
    else if (this.#slot.delete(this)) {
      this.#wheel.forget();
      this.#task(this.#subject);
    }
  }
}

function systemTicker(tick: () => void, interval: number): () => void {
  const timer = setInterval(tick, interval);
  timer.unref();
  return () => clearInterval(timer);
}
