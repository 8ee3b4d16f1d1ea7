import { expect, test } from "vitest";
import { openEncoder } from "#server/gateway/publication.ts";

test("what goes to many topics in a row is one message, and is let go of with its copies afterwards", async () => {
  const encode = openEncoder(() => "1");
  const publication = { destination: "/topic/a", headers: {}, body: "안녕" };
  const first = encode(publication);
  expect(encode(publication)).toBe(first);
  await Promise.resolve();
  expect(encode(publication)).not.toBe(first);
});
