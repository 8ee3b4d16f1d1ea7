import fc from "fast-check";
import { expect, test } from "vitest";
import { type Timer, TimerWheel } from "#server/stomp/timer-wheel.ts";

/** A wheel that is turned by hand, tick by tick of 100 ms. */
function openWheel() {
  let tick: (() => void) | undefined;
  const wheel = new TimerWheel(100, (turn) => {
    tick = turn;
    return () => {
      tick = undefined;
    };
  });
  const turn = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) tick?.();
  };
  return { wheel, turn, isTurning: () => tick !== undefined };
}

test("a timer fires once, never early, and at most two ticks late, even after many turns of the wheel", () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(60_000), (delay, before) => {
      const { wheel, turn } = openWheel();
      wheel.after(before + 500_000, () => {});
      turn(before);
      let fired = 0;
      wheel.after(delay, () => {
        fired += 1;
      });
      turn(Math.floor(delay / 100) * 100);
      expect(fired).toBe(0);
      turn(200);
      expect(fired).toBe(1);
      turn(120_000);
      expect(fired).toBe(1);
    }),
    { numRuns: 50 },
  );
});

test("a cancelled timer never fires, and cancelling it again does no harm", () => {
  const { wheel, turn, isTurning } = openWheel();
  let fired = false;
  const timer = wheel.after(1_000, () => {
    fired = true;
  });
  timer.cancel();
  timer.cancel();
  turn(5_000);
  expect(fired).toBe(false);
  expect(isTurning()).toBe(false);
});

test("the wheel stands still when nothing waits, and turns again when something does", () => {
  const { wheel, turn, isTurning } = openWheel();
  let fired = 0;
  const count = () => {
    fired += 1;
  };
  expect(isTurning()).toBe(false);
  wheel.after(100, count);
  turn(1_000);
  expect(isTurning()).toBe(false);
  wheel.after(100, count);
  turn(1_000);
  expect(fired).toBe(2);
});

test("a timer may set and cancel others while it fires", () => {
  const { wheel, turn } = openWheel();
  const order: string[] = [];
  let second: Timer | undefined;
  wheel.after(100, () => {
    order.push("first");
    second?.cancel();
    wheel.after(0, () => order.push("third"));
  });
  second = wheel.after(100, () => order.push("second"));
  turn(1_000);
  expect(order).toEqual(["first", "third"]);
});
