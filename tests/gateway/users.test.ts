import { expect, test } from "vitest";
import { Users } from "#server/gateway/users.ts";
import { TimerWheel } from "#server/stomp/timer-wheel.ts";
import { LIMITS } from "./endpoint.ts";

/** With a bucket of two that is full again after four seconds. */
function openUsers() {
  let now = 0;
  let tick = () => {};
  const wheel = new TimerWheel(100, (turn) => {
    tick = turn;
    return () => {
      tick = () => {};
    };
  });
  const clock = { now: () => now, monotonic: () => now };
  const users = new Users<string>({ ...LIMITS, sendBurst: 2, sendRate: 0.5 }, wheel, clock);
  const pass = (ms: number) => {
    for (const end = now + ms; now < end; now += 100) tick();
  };
  return { users, pass };
}

test("준 who comes and goes stays known while he is here, however late an earlier departure is thought of", () => {
  const { users, pass } = openUsers();
  for (const visit of ["first", "second"]) {
    users.enter("jun", visit);
    pass(500);
    users.leave("jun", visit);
    pass(1_000);
  }
  pass(2_000);
  users.enter("jun", "third");
  pass(10_000);
  expect([...users.sessions("jun")]).toEqual(["third"]);
});

test("준 who was away for a moment long after another departure cannot send more than before", () => {
  const { users, pass } = openUsers();
  users.enter("jun", "first");
  users.leave("jun", "first");
  pass(3_500);
  users.enter("jun", "second");
  expect([users.take("jun", "sends"), users.take("jun", "sends")]).toEqual([undefined, undefined]);
  users.leave("jun", "second");
  pass(1_000);
  users.enter("jun", "third");
  expect(users.take("jun", "sends")).toBeGreaterThan(0);
});
