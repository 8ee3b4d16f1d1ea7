import { expect, test } from "vitest";
import { backOff } from "#server/relay/back-off.ts";

const bounds = { first: 200, most: 5_000 };

test("the bound of a wait doubles with each failure and ends at the longest one", () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 1_000].map((failures) => backOff(failures, bounds, () => 1));
  expect(longest).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
});

test("준's node and 미나's wait anything from nothing up to the bound, so that they do not return together", () => {
  expect([0, 0.25, 0.5].map((drawn) => backOff(3, bounds, () => drawn))).toEqual([0, 400, 800]);
});
