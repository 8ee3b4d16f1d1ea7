import { EventEmitter } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Counts } from "#server/gateway/counts.ts";
import type { Transport, Watcher } from "#server/gateway/transport.ts";
import { Turn } from "#server/gateway/turn.ts";
import { Wire } from "#server/gateway/wire.ts";
import type { Encoded } from "#server/stomp/frame.ts";
import { TimerWheel } from "#server/stomp/timer-wheel.ts";
import { openHandWheel } from "#tests/support/hand-wheel.ts";

/** A connection whose peer takes everything, or nothing while it is `full`. */
class Line extends EventEmitter<{ drain: [] }> implements Transport {
  readonly kind = "tcp";
  readonly written: string[] = [];
  readonly bytesRead = 0;
  readonly bytesTaken = 0;
  readonly paused = false;
  readonly answersPings = false;
  full = false;
  /** The next write is too much for it. */
  jams = false;

  get waiting(): number {
    return this.full ? 1 : 0;
  }

  get hasRoom(): boolean {
    return !this.full;
  }

  envelope({ bytes }: Encoded): Buffer {
    return bytes;
  }

  write(bytes: Buffer): void {
    this.written.push(bytes.toString());
    this.full ||= this.jams;
  }

  watch(watcher: Watcher): void {
    this.on("drain", () => watcher.drained());
  }

  ping(): void {}
  pause(): void {}
  resume(): void {}
  close(): void {}
  cut = false;
  terminate(): void {
    this.cut = true;
  }
}

function open({ stallTimeout = 1_000, wheel = new TimerWheel() } = {}) {
  const line = new Line();
  const limits = { ephemeralHighWater: 1_000, closeHighWater: 1_000_000, stallTimeout };
  return { line, wire: new Wire(line, { limits, wheel, turn: new Turn(), counts: new Counts() }) };
}

test("who takes nothing is cut off after a while, unless he may take his time", async () => {
  const { wheel, turn } = openHandWheel();
  const jun = open({ stallTimeout: 10_000, wheel });
  const mina = open({ stallTimeout: Number.POSITIVE_INFINITY, wheel });
  for (const { line, wire } of [jun, mina]) {
    line.jams = true;
    wire.write(frame("a"));
  }
  await end();
  turn(3_600_000);
  expect([jun.line.cut, mina.line.cut]).toEqual([true, false]);
});

const frame = (text: string): Encoded => ({ bytes: Buffer.from(text), text: true, enveloped: undefined });
const end = () => new Promise(setImmediate);

/** One that had a turn with a single frame behind it. */
async function calm() {
  const opened = open();
  opened.wire.write(frame("hello "));
  await end();
  opened.line.written.length = 0;
  return opened;
}

test("what 미나 is owed first waits for the end of its turn, because more may follow", async () => {
  const { line, wire } = open();
  for (const text of ["a", "b"]) wire.write(frame(text));
  expect(line.written).toEqual([]);
  await end();
  expect(line.written).toEqual(["ab"]);
});

test("where one frame a turn comes it goes out at once", async () => {
  const { line, wire } = await calm();
  for (const text of ["a", "b", "c"]) {
    wire.write(frame(text));
    expect(line.written.at(-1)).toBe(text);
    await end();
  }
  expect(line.written).toEqual(["a", "b", "c"]);
});

test("what follows in the same turn goes out together at its end, and so does the next turn's", async () => {
  const { line, wire } = await calm();
  for (const text of ["a", "b", "c"]) wire.write(frame(text));
  expect(line.written).toEqual(["a"]);
  await end();
  expect(line.written).toEqual(["a", "bc"]);
  for (const text of ["d", "e"]) wire.write(frame(text));
  expect(line.written).toEqual(["a", "bc"]);
  await end();
  expect(line.written).toEqual(["a", "bc", "de"]);
});

test("nothing is written at once to who takes nothing", async () => {
  const { line, wire } = await calm();
  line.full = true;
  wire.write(frame("a"));
  await end();
  expect(line.written).toEqual([]);
  line.full = false;
  line.emit("drain");
  expect(line.written).toEqual(["a"]);
});

test("whatever is written when, and however slowly it is taken, it arrives once and in order", async () => {
  const happening = fc.oneof(
    { weight: 5, arbitrary: fc.constant("write") },
    { weight: 3, arbitrary: fc.constant("turn") },
    fc.constant("full"),
    fc.constant("drain"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
      const { line, wire } = open();
      let sent = "";
      for (const what of [...happenings, "drain", "turn"]) {
        if (what === "write") {
          const text = `${sent.length} `;
          sent += text;
          wire.write(frame(text));
        } else if (what === "turn") await end();
        else line.full = what === "full";
        if (what === "drain") line.emit("drain");
      }
      expect(line.written.join("")).toBe(sent);
    }),
    { numRuns: 300 },
  );
});
