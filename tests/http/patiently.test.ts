import { expect, test } from "vitest";
import { Refusal } from "#lib/chat/refusal.ts";
import { patiently } from "#server/patiently.ts";

const going = new AbortController().signal;

test("a server that starts beside a busy database asks again, and goes on with the first answer", async () => {
  const answers = [new Refusal("busy", { retryAfter: 1 }), "달빛"];
  const ask = async () => {
    const answer = answers.shift();
    if (answer instanceof Refusal) throw answer;
    return answer;
  };
  expect(await patiently(ask, going)).toBe("달빛");
});

test("what is wrong for another reason is told at once, and a server that is asked to stop waits no longer", async () => {
  const refused = new Refusal("not-found");
  await expect(patiently(() => Promise.reject(refused), going)).rejects.toBe(refused);
  const busy = () => Promise.reject(new Refusal("busy"));
  await expect(patiently(busy, AbortSignal.abort())).rejects.toThrow("too busy for another server");
});
