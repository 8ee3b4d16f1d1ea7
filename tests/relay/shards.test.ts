import { expect, test } from "vitest";
import { SHARDS, shardOf } from "#server/relay/shards.ts";

test("every node puts 미나's rooms into the same shards, today and after the next release", () => {
  expect(["마루", "부엌", "nodes", "", "3f2c9a4e-7d1b-4c7e-9a51-0c3d2e1f0a9b"].map(shardOf)).toEqual([
    44, 105, 20, 89, 85,
  ]);
});

test("ten thousand rooms fill all shards about evenly", () => {
  const counts = new Array<number>(SHARDS).fill(0);
  for (let n = 0; n < 10_000; n++) {
    const shard = shardOf(`0199d0c2-6f${n.toString(16).padStart(4, "0")}`);
    counts[shard] = (counts[shard] as number) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(30);
  expect(Math.max(...counts)).toBeLessThan(160);
});
