import { expect, test } from "vitest";
import { pack, recognise, unpack } from "#server/relay/parcel.ts";

test("what 미나 said in one turn travels together, and comes out as it went in", () => {
  const hints = [
    { shard: 3, key: "마루", hint: '{"text":"안녕 👋"}' },
    { shard: 3, key: "마루", hint: "\u0000\n\\" },
  ];
  const parcels = pack("one", hints);
  expect(parcels.map(({ shards, hints: count }) => ({ shards, count }))).toEqual([{ shards: [3], count: 2 }]);
  const expected = { node: "one", hints: hints.map(({ key, hint }) => [key, hint]) };
  expect(unpack(parcels[0]?.bytes as Buffer)).toEqual(expected);
});

test("long hints do not make one parcel that no engine takes", () => {
  const hints = Array.from({ length: 10 }, (_, n) => ({ shard: 3, key: "마루", hint: `${n}`.repeat(40_000) }));
  const parcels = pack("one", hints);
  expect(parcels.length).toBe(10);
  expect(parcels.flatMap(({ bytes }) => unpack(bytes)?.hints.map(([, hint]) => hint[0]))).toEqual([..."0123456789"]);
});

test("a hint that is too long for any engine is left out, and those beside it are not", () => {
  const hints = ["앞", "가".repeat(300_000), "뒤"].map((hint) => ({ shard: 3, key: "마루", hint }));
  expect(pack("one", hints).flatMap(({ bytes }) => unpack(bytes)?.hints.map(([, hint]) => hint))).toEqual(["앞", "뒤"]);
});

test("what somebody else writes to the topic is no parcel", () => {
  for (const bytes of ["", "{", "null", '{"node":1,"hints":[]}', '{"node":"one","hints":[["a"]]}'])
    expect(unpack(Buffer.from(bytes))).toBeUndefined();
});

test("미나's node knows its own parcels at a glance, and takes nobody else's for them", () => {
  const isOwn = recognise("one");
  const parcelOf = (node: string) => pack(node, [{ shard: 3, key: "마루", hint: "안녕" }])[0]?.bytes as Buffer;
  expect(isOwn(parcelOf("one"))).toBe(true);
  for (const node of ["two", "one2", "on", ""]) expect(isOwn(parcelOf(node))).toBe(false);
  expect(isOwn(Buffer.from('{"node"'))).toBe(false);
});
