import { expect, test } from "vitest";
import { excerpt } from "#lib/text/excerpt.ts";
import { markSegments } from "#lib/text/mark-segments.ts";
import { segments } from "#lib/text/segments.ts";

const marked = (text: string) => ({ kind: "mark", children: [{ kind: "text", text }] });

test("what was searched for is marked in text and in what is strong, and never within code or an address", () => {
  const pieces = markSegments(segments("회의 **회의록** `회의` https://회의.example"), ["회의"]);
  expect(pieces).toEqual([
    marked("회의"),
    { kind: "text", text: " " },
    { kind: "strong", children: [marked("회의"), { kind: "text", text: "록" }] },
    { kind: "text", text: " " },
    { kind: "code", text: "회의" },
    { kind: "text", text: " " },
    expect.objectContaining({ kind: "link", text: "https://회의.example" }),
  ]);
});

test("without words nothing is marked", () => {
  const pieces = segments("그대로 *둔다*");
  expect(markSegments(pieces, [])).toEqual(pieces);
});

test("a short text is shown whole", () => {
  expect(excerpt("짧은 회의", ["회의"])).toBe("짧은 회의");
});

test("of a long text so much is shown that what was searched for is in it, from the beginning of a word on", () => {
  const text = `${"앞에 온 이야기 ".repeat(200)}회의록 ${"뒤에 올 이야기 ".repeat(200)}`;
  const shown = excerpt(text, ["회의"]);
  expect(shown).toMatch(/^…(앞에|온|이야기) .*회의록 .*…$/s);
  expect(shown.length).toBeLessThan(500);
});

test("a long text without the words, or with them at its end, is cut in no letter's middle", () => {
  expect(excerpt("😀".repeat(600), []).isWellFormed()).toBe(true);
  const end = `${"가".repeat(3_000)}회의`;
  expect(excerpt(end, ["회의"])).toMatch(/^…가+회의$/);
});
