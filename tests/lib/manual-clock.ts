/** A clock that stands still until a test moves it. */
export class ManualClock {
  private time = Date.UTC(2026, 10, 22, 1, 41);
  private readonly timers = new Set<{ at: number; callback: () => void }>();

  readonly now = (): number => this.time;

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  };

  /** When the next timer rings, in milliseconds from now; undefined when there is none. */
  next(): number | undefined {
    const [first] = this.inOrder();
    return first && first.at - this.time;
  }

  /** Lets the time pass, ringing every timer on the way, and everything that waits for a promise go on in between. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settled();
    for (let [first] = this.inOrder(); first && first.at <= end; [first] = this.inOrder()) {
      this.time = Math.max(this.time, first.at);
      this.timers.delete(first);
      first.callback();
      await settled();
    }
    this.time = end;
  }

  private inOrder() {
    return [...this.timers].sort((one, other) => one.at - other.at);
  }
}

/** Everything that only waits for promises has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
