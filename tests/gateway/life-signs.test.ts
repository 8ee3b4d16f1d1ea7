import { expect, test } from "vitest";
import { LifeSigns, type Pulse } from "#server/gateway/life-signs.ts";
import { TimerWheel } from "#server/stomp/timer-wheel.ts";

/** A connection by hand: time passes in ticks of 100 ms, and the peer answers pings or does not. */
function openConnection({ answers }: { answers: boolean }) {
  let tick: (() => void) | undefined;
  const wheel = new TimerWheel(100, (turn) => {
    tick = turn;
    return () => {
      tick = undefined;
    };
  });
  const events: string[] = [];
  let wrote = false;
  let bytesRead = 0;
  let now = 0;
  const pulse: Pulse & { paused: boolean; crowded: boolean } = {
    paused: false,
    crowded: false,
    get bytesRead() {
      return bytesRead;
    },
    quiet() {
      const quiet = !wrote;
      wrote = false;
      return quiet;
    },
    heartBeat() {
      events.push(`beat ${now}`);
      wrote = true;
    },
    ping() {
      events.push(`ping ${now}`);
      if (answers) bytesRead += 6;
    },
  };
  const pass = (ms: number, busy = false) => {
    for (const end = now + ms; now < end; ) {
      now += 100;
      if (busy) wrote = true;
      tick?.();
    }
  };
  return { wheel, pulse, events, pass, now: () => now, isWatched: () => tick !== undefined };
}

test("between two bytes of an idle server there is never more than the agreed time", () => {
  const { wheel, pulse, events, pass } = openConnection({ answers: true });
  new LifeSigns({ wire: pulse, fellSilent() {} }, wheel, { send: 10_000, receive: 0 }, 0);
  pass(3_900, true);
  pass(60_000);
  const beats = events.map((event) => Number(event.split(" ")[1]));
  const gaps = beats.map((at, index) => at - (beats[index - 1] ?? 3_900));
  expect(beats.length).toBeGreaterThan(5);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
});

test("a server that has enough to say sends no heart-beats", () => {
  const { wheel, pulse, events, pass } = openConnection({ answers: true });
  new LifeSigns({ wire: pulse, fellSilent() {} }, wheel, { send: 10_000, receive: 0 }, 0);
  pass(60_000, true);
  expect(events).toEqual([]);
});

test("a peer without heart-beats is pinged, and stays as long as it answers", () => {
  const { wheel, pulse, events, pass } = openConnection({ answers: true });
  let silent = false;
  const fellSilent = () => {
    silent = true;
  };
  new LifeSigns({ wire: pulse, fellSilent }, wheel, { send: 0, receive: 0 }, 30_000);
  pass(300_000);
  expect(events.length).toBeGreaterThanOrEqual(9);
  expect(silent).toBe(false);
});

test("silence is noticed after three intervals and before four, unless we do not read ourselves", () => {
  const { wheel, pulse, pass, now, isWatched } = openConnection({ answers: false });
  let silentAt = 0;
  const fellSilent = () => {
    silentAt = now();
  };
  new LifeSigns({ wire: pulse, fellSilent }, wheel, { send: 0, receive: 10_000 }, 30_000);
  pulse.paused = true;
  pass(60_000);
  expect(silentAt).toBe(0);
  pulse.paused = false;
  pass(60_000);
  expect(silentAt - 60_000).toBeGreaterThan(20_000);
  expect(silentAt - 60_000).toBeLessThanOrEqual(40_000);
  expect(isWatched()).toBe(false);
});

test("who has not read what we wrote cannot answer a ping either, and is not called silent for it", () => {
  const { wheel, pulse, pass } = openConnection({ answers: false });
  let silent = false;
  const fellSilent = () => {
    silent = true;
  };
  new LifeSigns({ wire: pulse, fellSilent }, wheel, { send: 0, receive: 0 }, 10_000);
  pulse.crowded = true;
  pass(600_000);
  expect(silent).toBe(false);
  pulse.crowded = false;
  pass(60_000);
  expect(silent).toBe(true);
});

test("who promised heart-beats is called silent without them, whatever he has read", () => {
  const { wheel, pulse, pass } = openConnection({ answers: false });
  let silent = false;
  const fellSilent = () => {
    silent = true;
  };
  new LifeSigns({ wire: pulse, fellSilent }, wheel, { send: 0, receive: 10_000 }, 10_000);
  pulse.crowded = true;
  pass(60_000);
  expect(silent).toBe(true);
});

test("a connection that has ended is not watched any more", () => {
  const { wheel, pulse, isWatched } = openConnection({ answers: true });
  new LifeSigns({ wire: pulse, fellSilent() {} }, wheel, { send: 10_000, receive: 10_000 }, 30_000).stop();
  expect(isWatched()).toBe(false);
});
