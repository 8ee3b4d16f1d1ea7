import { expect, test } from "vitest";
import { encodeReplay, openEncoder } from "#server/gateway/publication.ts";

test("what goes to many topics in a row is one message, and is let go of with its copies afterwards", async () => {
  const encode = openEncoder(() => "1");
  const publication = { destination: "/topic/a", headers: {}, body: "안녕" };
  const first = encode(publication);
  expect(encode(publication)).toBe(first);
  await Promise.resolve();
  expect(encode(publication)).not.toBe(first);
});

test("a shared publication is one frame for those who name their subscription alike, and of other names only the last is kept", () => {
  const publication = { destination: "/topic/a", headers: {}, body: "안녕", shared: true };
  const frame = (subscription: string, from = publication) => encodeReplay(from, () => "1", "1.2", subscription);
  const first = frame("a");
  expect(frame("a")).toBe(first);
  expect(frame("b").bytes.toString()).toContain("subscription:b\n");
  expect(frame("a")).not.toBe(first);
  expect(frame("a")).toEqual(first);
  const alone = { ...publication, shared: false };
  expect(frame("a", alone)).not.toBe(frame("a", alone));
});
