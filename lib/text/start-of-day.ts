const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a day (YYYY-MM-DD) begins in a time zone (IANA), in milliseconds since 1970. Before that, when it begins in UTC. */
export function startOfDay(day: string, timeZone: string): number {
  const begin = Date.parse(`${day}T00:00:00Z`);
  // Nothing was said by then, and years of less than four digits would be written in other ways.
  if (begin < -DAY) return begin;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  });
  const there = (instant: number) => Date.parse(`${format.format(instant).replace(", ", "T")}Z`);
  // The clock there is asked twice: it may have been put forward or back in between.
  const near = begin - (there(begin) - begin);
  const exact = begin - (there(near) - near);
  // Where midnight is left out, the day begins an hour later.
  return there(exact) < begin ? exact + HOUR : exact;
}

export function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
