import { expect, test } from "vitest";
import type { Peer } from "#bench/load/peer.ts";
import { TwoPlaces } from "#bench/load/two-places.ts";

const mina = {} as Peer;
const jun = {} as Peer;
const yuna = {} as Peer;

test("a message's way to 준 on another node is what it needed more than to 미나, whoever heard it second or not at all", () => {
  const places = new TwoPlaces(new Set([jun, yuna]));
  for (let sent = 1_000; sent < 101_000; sent += 1_000) {
    places.heard(mina, sent, sent + 2_000);
    places.heard(jun, sent, sent + 5_000);
    places.heard(yuna, sent, sent + 90_000);
  }
  places.heard(mina, 999_000, 999_000 + 2_000);
  const { near, far, added } = places.summary();
  expect(near.p50).toBeCloseTo(2, 0);
  expect(far.p99).toBeCloseTo(90, -1);
  expect(added.p50).toBeCloseTo(3, 1);
  expect(added.p99).toBeCloseTo(3, 1);
});

test("a message that 준 hears before 미나 does counts as no delay, and what was heard before it counts is forgotten", () => {
  const places = new TwoPlaces(new Set([jun]));
  places.heard(mina, 1, 1);
  places.heard(jun, 1, 800_000);
  places.clear();
  places.heard(jun, 2_000, 3_000);
  places.heard(mina, 2_000, 9_000);
  expect(places.summary().added.p99).toBe(0);
});
