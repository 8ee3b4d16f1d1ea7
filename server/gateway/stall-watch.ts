import type { Timer } from "#server/stomp/timer-wheel.ts";
import type { WireContext } from "./wire-context.ts";

/** Somebody to whom more was written than they have taken. */
interface Debtor {
  readonly bytesTaken: number;
  readonly buffered: number;
  terminate(): void;
}

const LOOKS = 4;

/**
 * Looks several times within the stall timeout whether a peer takes anything of what waits for it, and cuts it off when it never does. With an infinite timeout
 * it may take its time.
 */
export class StallWatch {
  readonly #debtor: Debtor;
  readonly #context: Pick<WireContext, "wheel" | "limits" | "counts">;
  readonly #pause: number;
  #taken = 0;
  #idle = 0;
  #timer: Timer | undefined;

  constructor(debtor: Debtor, context: Pick<WireContext, "wheel" | "limits" | "counts">) {
    this.#debtor = debtor;
    this.#context = context;
    this.#pause = context.limits.stallTimeout / LOOKS;
  }

  /** More waits than was taken; it looks until all of it was. */
  begin(): void {
    if (this.#timer || this.#pause === Number.POSITIVE_INFINITY) return;
    this.#taken = this.#debtor.bytesTaken;
    this.#idle = 0;
    this.#wait();
  }

  cancel(): void {
    this.#timer?.cancel();
  }

  look(): void {
    this.#timer = undefined;
    const { bytesTaken, buffered } = this.#debtor;
    if (buffered === 0) return;
    this.#idle = bytesTaken === this.#taken ? this.#idle + 1 : 0;
    this.#taken = bytesTaken;
    if (this.#idle < LOOKS) this.#wait();
    else {
      this.#context.counts.slow.stalled += 1;
      this.#debtor.terminate();
    }
  }

  #wait(): void {
    this.#timer = this.#context.wheel.after(this.#pause, look, this);
  }
}

const look = (watch: StallWatch) => watch.look();
