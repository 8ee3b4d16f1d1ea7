import { describe, expect } from "vitest";
import { openHandWheel } from "#tests/support/hand-wheel.ts";
import { rule, type Trial, withBareBroker } from "./bare-broker.ts";
import { FROM_1_1 } from "./exchange.ts";
import { refused } from "./listening.ts";
import type { RawPeer } from "./raw-peer.ts";

const LOGIN = "login:guest\npasscode:guest\n";
/** Of the broker's clock that a heart-beat of 10 s takes to be missed: three intervals, and what the wheel adds to each. */
const MISSED = 31;
/** Milliseconds that go by at once: no longer than an interval, so that what is alive can show it in time. */
const STEP = 10_000;

const { wheel, turn } = openHandWheel();

/** Lets seconds of the broker's clock go by, little by little, so that what falls due meanwhile arrives. */
async function openTime({ connect }: Trial): Promise<(seconds: number) => Promise<void>> {
  const witness = await connect("1.2");
  return async (seconds) => {
    for (let left = seconds * 1_000; left > 0; left -= STEP) {
      turn(Math.min(left, STEP));
      // Whatever was on its way to or from other clients before has arrived when this is answered.
      await witness.settled();
      // Its answer may be read before what came to others earlier, but in the same turn of the event loop.
      await new Promise(setImmediate);
    }
  };
}

/** Without an answer to pings as well: a WebSocket's pong would be a sign of life. */
const gone = (trial: Trial, heartBeat: string) => trial.connect(trial.version, heartBeat, { autoPong: false });

async function beatsWithin(peer: RawPeer, pass: (seconds: number) => Promise<void>, seconds: number): Promise<number> {
  const before = peer.heartBeats;
  await pass(seconds);
  return peer.heartBeats - before;
}

describe("a broker that can and wants 10 s", () => {
  withBareBroker({ wheel, limits: { heartBeat: { send: 10_000, receive: 10_000 } } });

  rule(
    "C51",
    async (trial) => {
      for (const header of ["", "heart-beat:0,0\n"]) {
        const peer = await trial.connect(trial.version, header);
        expect(peer.frames[0]?.headers["heart-beat"]).toBe("10000,10000");
        const pass = await openTime(trial);
        expect(await beatsWithin(peer, pass, 100)).toBe(0);
        expect(peer.closed).toBeUndefined();
      }
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C52",
    async (trial) => {
      // The broker wants 10 s, so 1 s is not held against anybody, and 40 s is what this client can.
      for (const [can, interval] of [
        [1_000, 10],
        [40_000, 40],
      ] as const) {
        const peer = await gone(trial, `heart-beat:${can},0\n`);
        const pass = await openTime(trial);
        await pass(2.5 * interval);
        expect(peer.closed).toBeUndefined();
        await pass(interval);
        await peer.end();
      }
      const cannot = await trial.connect(trial.version, "heart-beat:0,10000\n");
      const pass = await openTime(trial);
      await pass(100);
      expect(cannot.closed).toBeUndefined();
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C53",
    async (trial) => {
      const often = await trial.connect(trial.version, "heart-beat:0,1000\n");
      const seldom = await trial.connect(trial.version, "heart-beat:0,40000\n");
      const never = await trial.connect(trial.version, "heart-beat:10000,0\n");
      const pass = await openTime(trial);
      for (let window = 0; window < 12; window++) {
        never.bytes("\n");
        const beats = await beatsWithin(often, pass, 10);
        expect(beats).toBeGreaterThanOrEqual(1);
        expect(beats).toBeLessThan(4);
      }
      expect(seldom.heartBeats).toBeGreaterThanOrEqual(3);
      expect(seldom.heartBeats).toBeLessThan(6);
      expect(never.heartBeats).toBe(0);
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C54",
    async (trial) => {
      const peer = await trial.connect(trial.version, "heart-beat:0,10000\n");
      const pass = await openTime(trial);
      for (let window = 0; window < 5; window++) expect(await beatsWithin(peer, pass, 10)).toBeGreaterThanOrEqual(1);
      // Nothing but line ends came.
      expect(peer.frames).toHaveLength(1);
      peer.send("SUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:r\n\n");
      expect((await peer.find("RECEIPT")).headers["receipt-id"]).toBe("r");
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C55",
    async (trial) => {
      const peer = await gone(trial, "heart-beat:10000,0\n");
      const pass = await openTime(trial);
      // One octet in each 20 s, of a frame that is not whole until the end, and of what stands between frames.
      for (const octet of "\n\nSEND\nde") {
        peer.bytes(octet);
        await pass(20);
        expect(peer.closed).toBeUndefined();
      }
      peer.bytes("stination:/topic/a\nreceipt:r\n\n\0");
      expect((await peer.find("RECEIPT")).headers["receipt-id"]).toBe("r");
      await pass(MISSED + 10);
      await peer.end();
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C56",
    async (trial) => {
      const silent = await gone(trial, "heart-beat:10000,0\n");
      const alive = await gone(trial, "heart-beat:10000,0\n");
      const pass = await openTime(trial);
      // Twice what was agreed on is borne.
      for (const _ of [1, 2]) {
        await pass(10);
        alive.bytes("\n");
      }
      expect(silent.closed).toBeUndefined();
      await pass(MISSED - 20);
      alive.bytes("\n");
      await silent.end();
      expect(silent.frames).toHaveLength(1);
      await alive.settled();
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C57",
    async ({ open, connect, version }) => {
      for (const header of ["0", "T,0", "100,10,50", "", "-1,5", "1.5,2", "5,", ",5", " 1,2", "1, 2", "9999999999,0"]) {
        const peer = await open();
        peer.send(`CONNECT\naccept-version:${version}\nhost:a\n${LOGIN}heart-beat:${header}\n\n`);
        await refused(peer);
        expect(peer.frames).toHaveLength(1);
      }
      await connect(version, "heart-beat:999999999,0\n");
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C58",
    async (trial) => {
      for (const header of ["heart-beat:1000,1000\n", "heart-beat:none of it\n"]) {
        const peer = await trial.connect("1.0", header);
        expect(Object.keys(peer.frames[0]?.headers ?? {})).not.toContain("heart-beat");
        const pass = await openTime(trial);
        expect(await beatsWithin(peer, pass, 100)).toBe(0);
        expect(peer.closed).toBeUndefined();
      }
    },
    { versions: ["1.0"] },
  );
});

describe("a broker that can and wants nothing", () => {
  withBareBroker({ wheel, limits: { heartBeat: { send: 0, receive: 0 } } });

  for (const id of ["C52", "C53"] as const)
    rule(
      id,
      async (trial) => {
        const peer = await gone(trial, "heart-beat:1000,1000\n");
        expect(peer.frames[0]?.headers["heart-beat"]).toBe("0,0");
        const pass = await openTime(trial);
        expect(await beatsWithin(peer, pass, 100)).toBe(0);
        expect(peer.closed).toBeUndefined();
      },
      { versions: FROM_1_1, about: "a broker without heart-beats" },
    );
});
