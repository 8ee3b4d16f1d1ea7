import type { Language, Preferences } from "#lib/chat/person.ts";

/** How one person reads times. All take RFC 3339. */
export interface Times {
  /** 오전 10:41, 10:41 AM, or 10:41 with 24 hours. */
  clock(at: string): string;
  /** 10:41: where there is little room, in the gutter. */
  short(at: string): string;
  /** 11월 22일 일요일; with the year when it is another than now. */
  day(at: string): string;
  /** Everything, for a title. */
  exact(at: string): string;
}

/** The formats of a language, a time zone (IANA) and the 24 h setting. `now` in milliseconds since 1970. */
export function timesFor(
  language: Language,
  timeZone: string,
  clock: Preferences["clock"],
  now: () => number = Date.now,
): Times {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const { format: write } = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone });
    return (at: number | string) => plainSpaces(write(new Date(at)));
  };
  const hours: Intl.DateTimeFormatOptions = clock === "24h" ? { hourCycle: "h23" } : {};
  const twoDigits = clock === "24h" ? "2-digit" : "numeric";
  const clockOf = format({ hour: twoDigits, minute: "2-digit", ...hours });
  const dayOf = format({ month: "long", day: "numeric", weekday: "long" });
  const dayOfYear = format({ year: "numeric", month: "long", day: "numeric", weekday: "long" });
  const yearOf = format({ year: "numeric" });
  const exact = format({ dateStyle: "full", timeStyle: "medium", ...hours });
  return {
    clock: clockOf,
    short: (at) => (/\d+:\d\d/.exec(clockOf(at)) ?? [""])[0],
    day: (at) => (yearOf(at) === yearOf(now()) ? dayOf(at) : dayOfYear(at)),
    exact,
  };
}

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-US" };

// Server and browser have different tables: one writes a narrow no-break space before AM where the other writes a space.
function plainSpaces(text: string): string {
  return text.replace(/[\u202f\u00a0]/g, " ");
}
