import type { Random } from "./random.ts";

const WORDS: Record<string, readonly string[]> = {
  "service.ko": ["결제", "알림", "검색", "로그인", "파일", "통계", "메시지", "관리자"],
  "service.en": ["payments", "notifications", "search", "sign-in", "files", "statistics", "messages", "the admin API"],
  "feature.ko": [
    "방 목록",
    "읽음 표시",
    "초대 링크",
    "프로필",
    "알림 설정",
    "멤버 목록",
    "검색 결과",
    "첫 화면",
    "답장",
    "파일 보내기",
  ],
  "feature.en": [
    "the room list",
    "read marks",
    "invite links",
    "profiles",
    "notification settings",
    "the people panel",
    "search",
    "replies",
    "uploads",
  ],
  func: [
    "openRoom",
    "mergePages",
    "retryLater",
    "readCursor",
    "toSegments",
    "markRead",
    "joinRoom",
    "parseFrame",
    "nextDelay",
    "countUnread",
  ],
  test: [
    "reconnect.test.ts",
    "composer.test.ts",
    "unread.test.ts",
    "invite.test.ts",
    "history.test.ts",
    "typing.test.ts",
  ],
  lib: ["React", "Next", "Vitest", "Biome", "zod", "Playwright", "TypeScript"],
  "food.ko": ["김치찌개", "쌀국수", "돈가스", "비빔밥", "냉면", "순두부", "칼국수", "초밥", "제육볶음", "샐러드"],
  "food.en": ["ramen", "tacos", "bibimbap", "pho", "pizza", "dumplings", "curry", "naengmyeon"],
};

/** Fills `{…}` in the lines of one conversation; the same slot has the same value from its first line to its last. */
export function slots(
  random: Random,
  names: readonly string[],
  pullRequest: number,
): (text: string, me: string) => string {
  const chosen = new Map<string, string>();
  const numbers: Record<string, () => string> = {
    pr: () => String(pullRequest),
    n: () => String(random.between(21, 480)),
    small: () => String(random.between(2, 18)),
    hour: () => String(random.pick([10, 11, 14, 15, 16])),
    person: () => random.pick(names),
  };
  const choose = (slot: string): string => {
    if (numbers[slot]) return numbers[slot]();
    if (!slot.startsWith("other.")) return random.pick(WORDS[slot] ?? [slot]);
    const food = slot.replace("other", "food");
    return random.pick((WORDS[food] ?? []).filter((word) => word !== chosen.get(food)));
  };
  return (text, me) =>
    text.replace(/\{([a-z.]+)\}/g, (_whole, slot: string) => {
      if (slot === "me") return me;
      const value = chosen.get(slot) ?? choose(slot);
      chosen.set(slot, value);
      return value;
    });
}
