import { expect, test } from "vitest";
import { gramsFor, gramsOf } from "#lib/text/search-grams.ts";
import { findKeys, searchKey } from "#lib/text/search-key.ts";
import { parseSearch } from "#lib/text/search-query.ts";

/** As the server finds: by the grams, then by the letters. */
function finds(query: string, text: string): boolean {
  const key = searchKey(text);
  const grams = gramsOf(key);
  return parseSearch(query).words.every(
    (word) => key.includes(word) && [...gramsFor(word)].every((gram) => grams.has(gram)),
  );
}

test.each([
  ["회의", "내일 회의를 합시다"],
  ["젝트", "프로젝트가 끝났다"],
  ["검색기능", "검색 기능을 넣었어요"],
  ["검색 기능", "검색기능을 넣었어요"],
  ["기능 검색", "검색기능을 넣었어요"],
  ["글", "한글"],
  ["한글".normalize("NFD"), "한글 파일"],
  ["한글", "한글 파일.pdf".normalize("NFD")],
  ["HELLO", "hello, world"],
  ["world hello", "Hello, World!"],
  ["v2", "V2.0을 배포"],
  ["2.0", "V2.0을 배포"],
  ["3차", "제3차 회의"],
  ["ab테스트", "AB 테스트 결과"],
  ["東京", "東京都に行く"],
  ["café", "Cafe\u0301에서"],
  ["ΟΔΟΣ", "οδος 1"],
  ['"hello world"', "Hello, world!"],
  ["🙂 안녕", "안녕하세요"],
  ["e-mail", "E-Mail을 보냈다"],
  ["soft", "so\u00adft"],
])("미나 finds %s in %s", (query, text) => {
  expect(finds(query, text)).toBe(true);
});

test.each([
  ["회의", "회사 의자"],
  ["회의", "회상하의"],
  ["art", "a rtf"],
  ['"world hello"', "Hello, world!"],
  ["안녕 준", "안녕 미나"],
  ["ab", "a b"],
])("미나 does not find %s in %s", (query, text) => {
  expect(finds(query, text)).toBe(false);
});

test("every part of a word has grams that the whole text has, whatever the script", () => {
  const text = "프로젝트 Ω회의 plan-B 2차 日本語 𠮷野家에서 e\u0301t";
  const letters = [...searchKey(text)];
  for (let from = 0; from < letters.length; from++) {
    for (let to = from + 1; to <= letters.length; to++) {
      const part = letters.slice(from, to).join("");
      expect([...gramsOf(searchKey(text))]).toEqual(expect.arrayContaining([...gramsFor(part)]));
    }
  }
});

test.each([
  ["검색기능", "새 검색 기능!", "검색 기능"],
  ["회의", "오늘 회의는 짧다", "회의"],
  ["한글", "이 한글".normalize("NFD"), "한글".normalize("NFD")],
  ["hello", "«HELLO»", "HELLO"],
  ["😀가", "a😀가", "가"],
  ["cafe\u0301", "Café", "Café"],
])("what %s has found in %s is marked as it is written", (query, text, marked) => {
  const [[start, end] = [0, 0]] = findKeys(text, parseSearch(query).words);
  expect(text.slice(start, end)).toBe(marked);
});

test("places that lie in each other are one", () => {
  expect(findKeys("회의록 회의", ["회의", "의록"])).toEqual([
    [0, 3],
    [4, 6],
  ]);
  expect(findKeys("아무것도", [])).toEqual([]);
  expect(findKeys("아무것도", [""])).toEqual([]);
});

test("the place of a key and the key itself are made the same way", () => {
  for (const text of [
    "검색 기능, plan B",
    "e\u0301 x",
    "한글 AB".normalize("NFD"),
    "A\ufe0fB",
    "  가 나  ",
    "𠮷a 𠮷",
  ]) {
    const key = searchKey(text);
    expect(findKeys(text, [key])).toHaveLength(1);
  }
});
