import type { HeartBeat } from "#server/stomp/heart-beat.ts";
import type { Timer, TimerWheel } from "#server/stomp/timer-wheel.ts";

/** The connection whose life is watched. */
export interface Pulse {
  readonly bytesRead: number;
  /** We do not read ourselves at the moment, so silence says nothing. */
  readonly paused: boolean;
  /** So much waits for the peer that a ping would not get through to it. */
  readonly crowded: boolean;
  quiet(): boolean;
  heartBeat(): void;
  ping(): void;
}

/** Whose connection it is. */
export interface Living {
  readonly wire: Pulse;
  /** Nothing has come for too long. */
  fellSilent(): void;
}

/** Intervals of silence that are allowed: browsers let the timers of a hidden tab fire once a minute. */
const TOLERANCE = 3;
/** Part of the agreed interval after which we look: a frame just after one look leaves a gap until the look after the next. */
const LOOK = 0.4;

/**
 * Sends heart-beats as agreed and tells when nothing has come for three intervals. A WebSocket ping asks the peer first, so that clients without
 * heart-beats are watched as well, every `usual` ms; with 0 they are not. One object and at most two timers a connection, because most of them idle.
 */
export class LifeSigns {
  readonly #living: Living;
  readonly #wheel: TimerWheel;
  readonly #sending: number;
  readonly #receiving: number;
  /** Nothing was promised, so life is asked for with pings. */
  readonly #asks: boolean;
  #heard: number;
  #silence = 0;
  #beats: Timer | undefined;
  #looks: Timer | undefined;

  constructor(living: Living, wheel: TimerWheel, agreed: HeartBeat, usual: number) {
    this.#living = living;
    this.#wheel = wheel;
    this.#sending = agreed.send * LOOK;
    this.#receiving = agreed.receive || usual;
    this.#asks = agreed.receive === 0;
    this.#heard = living.wire.bytesRead;
    if (this.#sending > 0) this.#beats = wheel.after(this.#sending, beat, this);
    if (this.#receiving > 0) this.#looks = wheel.after(this.#receiving, look, this);
  }

  stop(): void {
    this.#beats?.cancel();
    this.#looks?.cancel();
  }

  beat(): void {
    const { wire } = this.#living;
    if (wire.quiet()) wire.heartBeat();
    this.#beats = this.#wheel.after(this.#sending, beat, this);
  }

  look(): void {
    const { wire } = this.#living;
    const bytes = wire.bytesRead;
    const saysNothing = wire.paused || (this.#asks && wire.crowded);
    this.#silence = bytes === this.#heard && !saysNothing ? this.#silence + 1 : 0;
    this.#heard = bytes;
    if (this.#silence >= TOLERANCE) this.#living.fellSilent();
    else {
      wire.ping();
      this.#looks = this.#wheel.after(this.#receiving, look, this);
    }
  }
}

const beat = (signs: LifeSigns) => signs.beat();
const look = (signs: LifeSigns) => signs.look();
