import { describe, expect, test } from "vitest";
import { isGrouped } from "#lib/text/grouping.ts";
import { initials } from "#lib/text/initials.ts";
import { timesFor } from "#lib/text/times.ts";

describe("times", () => {
  const at = "2026-11-22T01:41:05Z";
  const now = () => Date.parse("2026-11-22T05:00:00Z");
  const korean = timesFor("ko", "Asia/Seoul", "locale", now);
  const english = timesFor("en", "Asia/Seoul", "locale", now);

  test("are written as Koreans read them", () => {
    expect(korean.clock(at)).toBe("오전 10:41");
    expect(korean.short(at)).toBe("10:41");
    expect(korean.day(at)).toBe("11월 22일 일요일");
    expect(korean.exact(at)).toBe("2026년 11월 22일 일요일 오전 10:41:05");
  });

  test("are written as one reads them in English, with plain spaces", () => {
    expect(english.clock(at)).toBe("10:41 AM");
    expect(english.day(at)).toBe("Sunday, November 22");
  });

  test("tell the year when it is another", () => {
    expect(korean.day("2025-11-22T01:41:05Z")).toBe("2025년 11월 22일 토요일");
    expect(english.day("2025-11-22T01:41:05Z")).toBe("Saturday, November 22, 2025");
  });

  test("have 24 hours where one wants it", () => {
    const afternoon = "2026-11-22T05:03:00Z";
    expect(timesFor("ko", "Asia/Seoul", "24h", now).clock(afternoon)).toBe("14:03");
    expect(timesFor("en", "Asia/Seoul", "24h", now).clock("2026-11-21T15:03:00Z")).toBe("00:03");
    expect(timesFor("en", "Asia/Seoul", "24h", now).short(afternoon)).toBe("14:03");
  });

  test("have their days where the viewer lives", () => {
    const night = "2026-11-22T15:30:00Z";
    expect(korean.day(night)).toBe("11월 23일 월요일");
    expect(timesFor("ko", "America/New_York", "locale", now).day(night)).toBe("11월 22일 일요일");
  });
});

describe("grouping", () => {
  const first = { author: "mina", createdAt: "2026-11-22T01:00:00Z" };

  test("a message within five minutes of the same author goes on under one name", () => {
    expect(isGrouped(first, { author: "mina", createdAt: "2026-11-22T01:04:59Z" })).toBe(true);
  });

  test("five minutes later, or by another author, a new name stands above it", () => {
    expect(isGrouped(first, { author: "mina", createdAt: "2026-11-22T01:05:00Z" })).toBe(false);
    expect(isGrouped(first, { author: "jun", createdAt: "2026-11-22T01:00:01Z" })).toBe(false);
  });
});

describe("letters of an avatar", () => {
  const names: [name: string, letters: string][] = [
    ["김미나", "미나"],
    ["남궁민수", "민수"],
    ["김 미나", "미나"],
    ["준", "준"],
    ["미나 (디자인)", "미나"],
    ["Jun Park", "JP"],
    ["jun", "J"],
    ["Ana María de Souza", "AS"],
    ["田中", "田"],
    ["🦊", "🦊"],
    ["배포 로봇", "로봇"],
    ["김미나".normalize("NFD"), "미나"],
  ];
  for (const [name, letters] of names)
    test(`${name.normalize("NFC")} is ${letters}`, () => {
      expect(initials(name)).toBe(letters);
    });
});
