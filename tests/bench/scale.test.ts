import { expect, test } from "vitest";
import { needsOf, trafficOf } from "#bench/scale/model.ts";

const place = { people: 400, nodes: 2, rooms: 100, joined: 5, posts: 50 };
const costs = {
  ...{ post: 1_000, delivery: 10, hint: 100, arrival: 500, connection: 40_000 },
  ...{ storedPost: 1_000, storedArrival: 1_000, look: 100, carried: 200 },
};

test("a post is one hint, and goes to each other node where the room has somebody", () => {
  const { published, heard } = trafficOf(place);
  expect(published).toBe(50);
  expect(heard).toBeGreaterThan(49.9);
  expect(heard).toBeLessThanOrEqual(50);
  expect(trafficOf({ ...place, joined: 0.25 }).heard).toBe(0);
});

test("a node that is alone hints at nothing", () => {
  expect(trafficOf({ ...place, nodes: 1 })).toMatchObject({ published: 0, heard: 0 });
});

test("those who have the room open get the words, and its members at most one piece of news a second", () => {
  expect(trafficOf(place)).toMatchObject({ streams: 200, bumps: 1_000 });
  expect(trafficOf({ ...place, posts: 500 }).bumps).toBe(2_000);
});

test("twice the nodes take their people in half the time, and the database in the same", () => {
  const [two, four] = [2, 4].map((nodes) => needsOf({ ...place, nodes }, costs, { cores: 1 }));
  expect(four?.arrivalAtNode).toBe((two?.arrivalAtNode ?? 0) / 2);
  expect(four?.arrivalAtDatabase).toBe(two?.arrivalAtDatabase);
  expect(four?.memory).toBe(16_000_000);
});
