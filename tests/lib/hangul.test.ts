import { describe, expect, test } from "vitest";
import { matchesName } from "#lib/text/hangul.ts";
import { strokesOf } from "#lib/text/hangul-strokes.ts";
import { asLatinKeys } from "#lib/text/keyboard-layout.ts";

describe("finding a name by what was typed so far", () => {
  const found: [query: string, name: string, why: string][] = [
    ["미나", "김미나", "a part of it"],
    ["", "미나", "nothing typed yet"],
    ["ㅁㄴ", "미나", "initials"],
    ["ㄱㅁㄴ", "김미나", "all initials"],
    ["ㅁ나", "미나", "an initial and a syllable"],
    ["민", "미나", "a syllable that is half typed"],
    ["김민", "김미나", "a half-typed syllable after a whole one"],
    ["미ㄴ", "미나", "the next syllable begun"],
    ["고", "과장", "the first half of a compound vowel"],
    ["갑", "값", "the first half of a compound final"],
    ["ㄳ", "가수", "ㄳ for ㄱㅅ"],
    ["ㅄ", "박수", "ㅄ for ㅂㅅ"],
    ["ㄲ", "까치", "a doubled consonant"],
    ["alsk", "미나", "Hangul with the Latin layout"],
    ["als", "미나", "half of it"],
    ["as", "미나", "initials with the Latin layout"],
    ["Rk", "까치", "Shift with the Latin layout"],
    ["ㅡㅑㅜㅁ", "Mina", "Latin with the Korean layout"],
    ["ㅔㅁ가", "Jun Park", "Latin with the Korean layout, made into syllables"],
    ["프로젝트회의", "프로젝트 회의", "without the space"],
    ["jose", "José", "without the accent"],
    ["PARK", "Jun Park", "in capitals"],
    ["미나", "미나".normalize("NFD"), "a name from macOS"],
    ["미나".normalize("NFD"), "미나", "a query from macOS"],
  ];
  for (const [query, name, why] of found)
    test(`${query || "nothing"} finds ${name.normalize("NFC")}: ${why}`, () => {
      expect(matchesName(query, name)).toBe(true);
    });

  const missed: [query: string, name: string][] = [
    ["ㅁㄴ", "민아"],
    ["민", "마나"],
    ["나미", "미나"],
    ["값", "갑"],
    ["alsx", "미나"],
    ["준", "Jun"],
    ["민지", "미나지"],
  ];
  for (const [query, name] of missed)
    test(`${query} does not find ${name}`, () => {
      expect(matchesName(query, name)).toBe(false);
    });

  test("every syllable is written in the strokes that make it", () => {
    expect(strokesOf("값괜뷁 a")).toBe("ㄱㅏㅂㅅㄱㅗㅐㄴㅂㅜㅔㄹㄱ a");
    expect(asLatinKeys(strokesOf("안녕"))).toBe("dkssud");
  });
});
