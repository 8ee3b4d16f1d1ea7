import { TimerWheel } from "#server/stomp/timer-wheel.ts";

const INTERVAL = 100;

/** A wheel of timers that a test turns itself: hours go by at once, and never by themselves. */
export function openHandWheel(): { wheel: TimerWheel; turn(ms: number): void } {
  let tick: (() => void) | undefined;
  const wheel = new TimerWheel(INTERVAL, (given) => {
    tick = given;
    return () => {
      tick = undefined;
    };
  });
  return {
    wheel,
    turn(ms) {
      for (let passed = 0; passed < ms; passed += INTERVAL) tick?.();
    },
  };
}
