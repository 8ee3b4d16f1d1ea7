import { expect, test } from "vitest";
import { asksAnything, hasLink, nameKey, parseSearch } from "#lib/text/search-query.ts";
import { isTimeZone, startOfDay } from "#lib/text/start-of-day.ts";

const nothing = { words: [], from: [], in: [], hasLink: false, unclear: [] };

test("words, quoted ones together, people, rooms, days and links are told apart", () => {
  const text = '회의 "새 기능" from:미나 in:"디자인 팀" after:2026-11-01 before:2026-12-01 has:link';
  expect(parseSearch(text)).toEqual({
    ...{ words: ["회의", "새기능"], from: ["미나"], in: ["디자인 팀"] },
    ...{ after: "2026-11-01", before: "2026-12-01", hasLink: true, unclear: [] },
  });
});

test("an operator is one in any case, and several people or rooms are all meant", () => {
  expect(parseSearch("FROM:미나 From:준 IN:#개발")).toEqual({ ...nothing, from: ["미나", "준"], in: ["#개발"] });
});

test("the quotation marks that phones write are quotation marks", () => {
  expect(parseSearch("from:“김 준” “새 기능”")).toEqual({ ...nothing, from: ["김 준"], words: ["새기능"] });
});

test("what is no operator is words", () => {
  expect(parseSearch("note:abc http://x.example").words).toEqual(["note", "abc", "http", "x", "example"]);
});

test.each([
  ["before:yesterday", { operator: "before", value: "yesterday" }],
  ["after:2026-02-30", { operator: "after", value: "2026-02-30" }],
  ["has:cake", { operator: "has", value: "cake" }],
  ['from:""', { operator: "from", value: "" }],
])("%s names nothing, and is said", (text, unclear) => {
  expect(parseSearch(text)).toEqual({ ...nothing, unclear: [unclear] });
});

test.each(["", "   ", "!?", "…—", '""', "🙂"])("%j asks for nothing", (text) => {
  expect(asksAnything(parseSearch(text))).toBe(false);
});

test.each(["회", "from:me", "has:link", "after:2026-01-01"])("%s asks for something", (text) => {
  expect(asksAnything(parseSearch(text))).toBe(true);
});

test("names are the same in any case, with or without spaces and the sign before them", () => {
  expect(nameKey("@김 준")).toBe(nameKey("김준".normalize("NFD")));
  expect(nameKey("#Design Team")).toBe("designteam");
});

test("a link is an address that can be opened", () => {
  expect(hasLink("보세요 HTTPS://example.com")).toBe(true);
  expect(hasLink("https:// 또는 example.com")).toBe(false);
});

test.each([
  ["2026-11-28", "Asia/Seoul", "2026-11-27T15:00:00.000Z"],
  ["2026-11-28", "UTC", "2026-11-28T00:00:00.000Z"],
  ["2026-07-01", "America/New_York", "2026-07-01T04:00:00.000Z"],
  // The clocks change at two in the night: the day begins by the old one.
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
  // There is no midnight on this day.
  ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
  ["1970-01-01", "Asia/Seoul", "1969-12-31T15:00:00.000Z"],
  ["0999-12-31", "Asia/Seoul", "0999-12-31T00:00:00.000Z"],
  ["0000-01-01", "UTC", "0000-01-01T00:00:00.000Z"],
  ["9999-12-31", "Pacific/Honolulu", "9999-12-31T10:00:00.000Z"],
])("%s begins in %s at %s", (day, zone, begin) => {
  expect(new Date(startOfDay(day, zone)).toISOString()).toBe(begin);
});

test("a time zone is one that there is", () => {
  expect([isTimeZone("Asia/Seoul"), isTimeZone("Moon/Base"), isTimeZone("")]).toEqual([true, false, false]);
});
