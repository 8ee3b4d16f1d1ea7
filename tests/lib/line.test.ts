import { describe, expect, test } from "vitest";
import { line } from "#lib/chat/line.ts";

const name = line(10);

describe("the name of a person, a room or a place", () => {
  test.each(["미나", "Jun", "준 🙂", "#1", "개발 👩‍💻"])("may be %j", (text) => {
    expect(name.parse(text)).toBe(text);
  });

  test("is trimmed, and composed as a keyboard would", () => {
    expect(name.parse("  미나 ".normalize("NFD"))).toBe("미나");
  });

  test.each([
    ["nothing", "   "],
    ["what nobody sees", "\u3164\u3164"],
    ["joiners alone", "\u200d\u200b"],
    ["a blank Braille pattern", "\u2800"],
    ["a line break", "미\n나"],
    ["a mark that turns the line around", "미나\u202e"],
    ["half a character", "미나\ud800"],
    ["more than its length", "가".repeat(11)],
  ])("may not be %s", (_, text) => {
    expect(name.safeParse(text).success).toBe(false);
  });
});
