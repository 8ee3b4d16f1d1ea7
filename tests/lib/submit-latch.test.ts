import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SubmitLatch } from "#lib/client/submit-latch.ts";
import { replayTrace } from "#tests/traces/replay-trace.ts";
import type { Trace } from "#tests/traces/trace.ts";
import { FakeField } from "./fake-field.ts";

const folder = new URL("../traces/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe("Enter in every order in which platforms deliver it", () => {
  for (const name of names) {
    const trace: Trace = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    test(`${trace.platform}: ${trace.claim} (${name})`, () => {
      const field = new FakeField();
      const sent: string[] = [];
      let acted = 0;
      const latch = new SubmitLatch(field as unknown as HTMLElement, {
        enter: () => trace.enter,
        touch: () => trace.touch,
        onSubmit: (text) => {
          acted += 1;
          if (text.trim() === "") return undefined;
          sent.push(text);
          return true;
        },
      });
      const left = replayTrace(field as unknown as HTMLTextAreaElement, trace, () => latch.submit());
      expect({ sent, left }).toEqual({ sent: trace.sent, left: trace.left });
      expect(acted, "at most once a press").toBeLessThanOrEqual(pressesOf(trace));
    });
  }

  test("a field that is released is left alone", () => {
    const field = new FakeField();
    const sent: string[] = [];
    const latch = new SubmitLatch(field as unknown as HTMLElement, {
      enter: () => "sends",
      touch: () => false,
      onSubmit: (text) => sent.push(text) > 0,
    });
    latch.release();
    field.value = "hello";
    field.dispatchEvent(Object.assign(new Event("keydown"), { key: "Enter", keyCode: 13 }));
    expect(sent).toEqual([]);
  });
});

function pressesOf({ events }: Trace): number {
  const presses = events.filter(({ type, code, key }) => {
    const isRelease = type === "keyup" && (code === "Enter" || key === "Unidentified");
    return isRelease || type === "click-send";
  });
  // A keyup that got lost was a press as well: it is made good by the clean keydown of the next one.
  const clean = events.filter(({ type, keyCode, repeat }) => type === "keydown" && keyCode === 13 && !repeat);
  return Math.max(presses.length, clean.length);
}
